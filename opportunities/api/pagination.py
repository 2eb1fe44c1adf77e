"""Cut lists of the API into pages: by number, or from a cursor on."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from opportunities.api.cursor import PARAMETER, Cursor, sent_cursor
from opportunities.lists.counting import COUNTED, RowCount, count_of
from opportunities.lists.neighbours import Places

PAGE_URL = "https://bqs.example/api/opportunities?page={}"
CURSOR_HELP = (
    "`next_cursor` or `previous_cursor` of an answer, in place of `page`: what follows or precedes "
    "that answer, however many rows have come or gone. Filters and order stay as they were."
)

ESTIMATED = (
    f"The list has more than {COUNTED:,} rows, and `count` says about how many; pages further back "
    "count them."
)


class EitherEnd(Paginator):
    """Read a page of the second half from the end, so that the last costs what the first does."""

    object_list: Any
    """The Places of the rows."""

    @property
    def may_estimate(self) -> bool:
        return bool(self.object_list.may_estimate)

    @cached_property
    def counted(self) -> RowCount:
        return count_of(self.object_list.rows, may_estimate=self.may_estimate)

    def count_exactly(self) -> None:
        self.counted = RowCount(self.object_list.rows.count())

    @property
    def count(self) -> int:
        return self.counted.number

    def page(self, number: int | str) -> Page[Any]:
        if str(number).isdecimal() and int(number) * self.per_page > COUNTED:
            # Where it begins from the end needs the exact number.
            self.count_exactly()
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        if first <= self.count // 2 or self.counted.is_estimated:
            return Page(self.object_list.read(first, last), number, self)
        found = self.object_list.read_from_end(self.count - last, self.count - first)
        return Page(found[::-1], number, self)


class CursorPage(Page[Any]):
    """Hold the rows after a place, or before it; one row more tells whether that goes on."""

    def __init__(self, places: Places, cursor: Cursor, paginator: Paginator) -> None:
        most = paginator.per_page + 1
        found = places.read_beside(cursor.place, most, is_back=cursor.is_back)
        rows = found[: paginator.per_page]
        super().__init__(rows[::-1] if cursor.is_back else rows, 1, paginator)
        self._ends = (len(found) == len(rows), not rows)
        self._is_back = cursor.is_back

    def has_next(self) -> bool:
        return not self._ends[self._is_back]

    def has_previous(self) -> bool:
        return not self._ends[not self._is_back]


class NumberedPages(PageNumberPagination):
    django_paginator_class = EitherEnd
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500
    is_by_cursor = False
    page: Any
    request: Any

    def paginate_queryset(self, rows: Any, request: Request, view: Any = None) -> Any:
        self._places = self.places_of(rows, view)
        cursor = sent_cursor(request, self._places.order)
        if cursor is None:
            return super().paginate_queryset(self._places, request, view)  # type: ignore[arg-type]
        self.request, self.is_by_cursor = request, True
        paginator = self.django_paginator_class(self._places, self.get_page_size(request))  # type: ignore[arg-type]
        self.page = CursorPage(self._places, cursor, paginator)
        return list(self.page)

    def places_of(self, rows: Any, view: Any) -> Places:
        return Places(rows)

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "count": self.page.paginator.count,
                "count_is_estimated": self.page.paginator.counted.is_estimated,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
                "next_cursor": self._next_cursor(),
                "previous_cursor": self._previous_cursor(),
                "results": data,
            }
        )

    def get_next_link(self) -> str | None:
        return self._link(self._next_cursor()) if self.is_by_cursor else super().get_next_link()

    def get_previous_link(self) -> str | None:
        if self.is_by_cursor:
            return self._link(self._previous_cursor())
        return super().get_previous_link()

    def _next_cursor(self) -> str | None:
        return self._cursor(self.page[-1], is_back=False) if self.page.has_next() else None

    def _previous_cursor(self) -> str | None:
        return self._cursor(self.page[0], is_back=True) if self.page.has_previous() else None

    def _cursor(self, row: Any, is_back: bool) -> str:
        return Cursor(self._places.of(row), is_back).text(self.request, self._places.order)

    def _link(self, cursor: str | None) -> str | None:
        address = self.request.build_absolute_uri()
        return cursor and replace_query_param(address, PARAMETER, cursor)

    def get_page_size(self, request: Request) -> int:
        """Refuse what the library would silently replace by another size."""
        asked = request.query_params.get("page_size")
        if asked is None:
            return self.page_size
        if asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= self.max_page_size:
            return int(asked)
        raise ValidationError(
            {"page_size": [f"Write a whole number from 1 to {self.max_page_size}."]}
        )

    def get_page_number(self, request: Request, paginator: Any) -> Any:
        """Refuse a blank, which the library would take for the first page."""
        if request.query_params.get(self.page_query_param) == "":
            raise ValidationError({"page": ["Write a whole number from 1 on, or leave it out."]})
        if request.query_params.get(self.page_query_param) in self.last_page_strings:
            paginator.count_exactly()
        return super().get_page_number(request, paginator)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        described = super().get_schema_operation_parameters(view)
        for parameter in described:
            parameter["schema"]["minimum"] = 1
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {"maximum": self.max_page_size, "default": self.page_size}
        cursor = {"name": PARAMETER, "in": "query", "required": False, "description": CURSOR_HELP}
        return [*described, {**cursor, "schema": {"type": "string"}}]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        cursor = {"type": ["string", "null"]}
        properties = {
            "count": {"type": "integer", "description": "Of the whole list.", "example": 123},
            "count_is_estimated": {"type": "boolean", "description": ESTIMATED},
            "next": {**link, "example": PAGE_URL.format(3)},
            "previous": {**link, "example": PAGE_URL.format(1)},
            "next_cursor": {**cursor, "example": "WzAsWyIyMDI2…"},
            "previous_cursor": {**cursor, "example": None},
            "results": schema,
        }
        return {"type": "object", "required": [*properties], "properties": properties}
