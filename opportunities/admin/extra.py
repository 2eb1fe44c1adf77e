"""Offer the CRM's further attributes as columns and filters, where settings name them."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from opportunities.access.roles import access_of
from opportunities.lists.extra_attributes import ExtraAttribute, extra_columns, extra_filters
from opportunities.lists.sorting import sort_key
from opportunities.models import Opportunity
from opportunities.models.querysets import OpportunityQuerySet


def extra_cells() -> list[Callable[[Opportunity], Any]]:
    return [_cell(each) for each in extra_columns()]


def _cell(extra: ExtraAttribute) -> Callable[[Opportunity], Any]:
    cell = admin.display(description=extra.label)(lambda deal: extra.of(deal))
    cell.__name__ = f"extra_{extra.attribute}"
    return cell


def extra_narrowings() -> list[type[DropdownFilter]]:
    return [
        type(
            f"{each.attribute}Filter",
            (ExtraFilter,),
            {"title": each.label, "parameter_name": each.name, "extra": each},
        )
        for each in extra_filters()
    ]


class ExtraFilter(DropdownFilter):
    extra: ExtraAttribute

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Opportunity.objects.visible_to(access_of(request.user)).order_by()
        found = rows.values_list(self.extra.as_text(), flat=True).distinct()
        return [(word, word) for word in sorted(filter(None, found), key=sort_key)]

    def queryset(
        self, request: HttpRequest, queryset: OpportunityQuerySet
    ) -> OpportunityQuerySet | None:
        word = self.value()
        return queryset.alias(word=self.extra.as_text()).filter(word=word) if word else None
