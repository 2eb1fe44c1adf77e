"""Show rows that the program writes: here nobody adds, changes or deletes one."""

from typing import Any

from django.contrib.admin import ShowFacets
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.utils import parse_date_str

from opportunities.access.roles import access_of


class ReadOnlyAdmin(ModelAdmin):
    list_fullwidth = True
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out rows of opportunities that this person does not see."""
        rows: Any = super().get_queryset(request)
        is_restricted = hasattr(rows, "visible_to")
        return rows.visible_to(access_of(request.user)) if is_restricted else rows

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DayRangeFilter(RangeDateFilter):
    """Filter a moment by the theme's date range: whole days, the last one included."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        for side, lookup in (("from", "gte"), ("to", "lte")):
            day = parse_date_str(self.used_parameters.get(f"{self.parameter_name}_{side}"))
            if day:
                queryset = queryset.filter(**{f"{self.parameter_name}__date__{lookup}": day})
        return queryset
