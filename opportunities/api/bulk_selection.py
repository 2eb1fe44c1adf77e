"""Which rows a bulk action is for: those named, or all that a filter brings."""

from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from opportunities.api.narrowed import rows_of
from opportunities.api.transition_bodies import MOST_ROWS


class TooManyRows(APIException):
    status_code = 422
    default_code = "too_many_rows"

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} opportunities are too many at once: narrow the filter to {MOST_ROWS} at most."
        )


class CountChanged(APIException):
    status_code = 409
    default_code = "count_changed"

    def __init__(self, count: int) -> None:
        super().__init__(f"The filter brings {count} opportunities now. Look at them, and repeat.")
        self.members = {"current": {"count": count}}


def selected_ids(request: Request, order: dict[str, Any]) -> list[int]:
    """Raises: ValidationError, TooManyRows, CountChanged."""
    if ("ids" in order) == ("filter" in order):
        raise ValidationError({"ids": ["Send either the ids or a filter."]})
    if "ids" in order:
        return [int(each) for each in order["ids"]]
    if "expected_count" not in order:
        raise ValidationError({"expected_count": ["Say how many rows you saw."]})
    try:
        rows: Any = rows_of(order["filter"], request)
    except ValidationError as fault:
        raise ValidationError({"filter": fault.detail}) from fault
    return _as_many_as(order["expected_count"], rows)


def _as_many_as(expected: int, rows: Any) -> list[int]:
    count = rows.count()
    if count > MOST_ROWS:
        raise TooManyRows(count)
    ids = list(rows.values_list("pk", flat=True)[: MOST_ROWS + 1])
    if len(ids) != expected:
        raise CountChanged(len(ids))
    return ids
