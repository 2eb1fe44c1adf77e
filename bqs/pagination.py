"""How lists of the API are cut into pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class EitherEnd(Paginator):
    """Reads a page of the second half from the end, so that the last costs what the first does."""

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        rows: Any = self.object_list
        if first <= self.count // 2 or not isinstance(rows, QuerySet):
            return super().page(number)
        found = list(rows.reverse()[self.count - last : self.count - first])
        return Page(found[::-1], number, self)


class NumberedPages(PageNumberPagination):
    django_paginator_class = EitherEnd
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500

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

    def get_page_number(self, request: Request, paginator: Paginator) -> Any:
        """Refuse a blank, which the library would take for the first page."""
        if request.query_params.get(self.page_query_param) == "":
            raise ValidationError({"page": ["Write a whole number from 1 on, or leave it out."]})
        return super().get_page_number(request, paginator)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        described = super().get_schema_operation_parameters(view)
        for parameter in described:
            parameter["schema"]["minimum"] = 1
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {"maximum": self.max_page_size, "default": self.page_size}
        return described

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described = super().get_paginated_response_schema(schema)
        for neighbour, page in (("next", 3), ("previous", 1)):
            described["properties"][neighbour]["example"] = f"https://bqs.example/api/…?page={page}"
        return described
