"""Sort a list into groups, one after another: `?group=geo`."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q, Sum
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from opportunities.access.roles import access_of
from opportunities.api.pagination import NumberedPages
from opportunities.api.serializers import SumSerializer, most_first
from opportunities.domain.fields import Use, names_for
from opportunities.lists.neighbours import Places
from opportunities.lists.sorting import order
from opportunities.models import Opportunity
from opportunities.models.querysets import PERSON_NAMES, OpportunityQuerySet

BY_SA = tuple(f"assigned_sa__{name}" for name in PERSON_NAMES)
# The columns that bring a group together, where it is not the one of its name.
COLUMNS = {"workflow_status": ("workflow_status__in_work",), "assigned_sa": BY_SA}
GROUPED_BY = names_for(Use.GROUP)


class Grouping(filters.ChoiceFilter):
    """Order by the group first, then as asked for; what belongs to none comes last."""

    def __init__(self) -> None:
        known = ", ".join(GROUPED_BY)
        message = f"You cannot group by %(value)s. Write one of {known}."
        super().__init__(
            choices=[(name, name) for name in GROUPED_BY],
            help_text="Rows of a group stand together, in the order of the list.",
            error_messages={"invalid_choice": message},
        )

    def filter(self, rows: OpportunityQuerySet, name: str | None) -> OpportunityQuerySet:
        if not name:
            return rows
        inside: Any = rows.query.order_by or Opportunity._meta.ordering
        groups = [order(each) for each in COLUMNS.get(name, (name,))]
        return rows.order_by(*groups, *inside)


class GroupSerializer(serializers.Serializer[Any]):
    value = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()
    values = SumSerializer(many=True)


class GroupedPages(NumberedPages):
    """Tell what each group on the page has on all pages, in one query more."""

    groups: list[dict[str, Any]] | None = None

    def places_of(self, rows: Any, view: Any) -> Places:
        places = Places(rows, view.get_queryset())
        places.may_estimate = access_of(view.request.user).sees_everything
        return places

    def paginate_queryset(self, rows: Any, request: Request, view: Any = None) -> Any:
        page: list[Opportunity] | None = super().paginate_queryset(rows, request, view)
        if page is not None and (name := request.query_params.get("group")):
            self.groups = groups_on(page, rows, name) if page else []
        return page

    def get_paginated_response(self, data: Any) -> Response:
        answer = super().get_paginated_response(data)
        if self.groups is not None:
            answer.data["groups"] = GroupSerializer(self.groups, many=True).data
        return answer

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described = super().get_paginated_response_schema(schema)
        described["properties"]["groups"] = DESCRIBED
        return described


def groups_on(page: list[Opportunity], rows: OpportunityQuerySet, name: str) -> list[Any]:
    """Return the groups of the page in its order; amounts are added by currency alone."""
    column = "assigned_sa_id" if name == "assigned_sa" else name
    sums: dict[Any, list[Any]] = {getattr(row, column): [] for row in page}
    here = rows.order_by().filter(_any_of(column, sums)).values(column, "currency")
    for each in here.annotate(count=Count("pk"), value=Sum("deal_value")):
        sums[each.pop(column)].append(each)
    return [
        {"value": value, "count": sum(each["count"] for each in found), "values": most_first(found)}
        for value, found in sums.items()
    ]


def _any_of(column: str, values: Collection[Any]) -> Q:
    some = Q(**{f"{column}__in": [each for each in values if each is not None]})
    return some | Q(**{column: None}) if None in values else some


DESCRIBED = {
    "type": "array",
    "description": "With `group` alone: the groups on this page, each as it is on all pages.",
    "items": {
        "type": "object",
        "required": ["value", "count", "values"],
        "properties": {
            "value": {
                "type": ["string", "null"],
                "description": "What its rows have in common (of an SA the id); null for none.",
            },
            "count": {"type": "integer"},
            "values": {"type": "array", "items": {"$ref": "#/components/schemas/Sum"}},
        },
    },
}
