"""Search tables of some thousand rows by the same rule as opportunities."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from opportunities.models.search_text import matching


class SearchesSmallTable(admin.ModelAdmin):
    """Read all rows: a database compares letters by rules of its own."""

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        names = [str(name) for name in self.get_search_fields(request)]
        rows = queryset.order_by().values("pk", *names)
        found = matching(rows, search_term, lambda row: [str(row[name] or "") for name in names])
        return queryset.filter(pk__in=[row["pk"] for row in found]), False
