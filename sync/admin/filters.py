"""By what runs and rejected records are narrowed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter
from unfold.utils import parse_date_str

from sync.presentation import QuarantineState
from sync.querysets import RejectedRecordQuerySet


class DayRangeFilter(RangeDateFilter):
    """The theme's date range over a moment: whole days, the last one included."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        for side, lookup in (("from", "gte"), ("to", "lte")):
            day = parse_date_str(self.used_parameters.get(f"{self.parameter_name}_{side}"))
            if day:
                queryset = queryset.filter(**{f"{self.parameter_name}__date__{lookup}": day})
        return queryset


class QuarantineStateFilter(DropdownFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in QuarantineState]

    def queryset(
        self, request: HttpRequest, queryset: RejectedRecordQuerySet
    ) -> RejectedRecordQuerySet | None:
        match self.value():
            case QuarantineState.OPEN:
                return queryset.awaiting()
            case QuarantineState.IGNORED:
                return queryset.unresolved().exclude(ignored_reason="")
            case QuarantineState.RESOLVED:
                return queryset.filter(resolved=True)
        return None
