"""What the list of opportunities can be narrowed to and sorted by."""

from typing import ClassVar

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError

from opportunities.api.strict_filters import (
    AnyOfChoices,
    AnyOfWords,
    Ordering,
    StrictFilterSet,
)
from opportunities.models import Opportunity
from opportunities.workflow import WorkflowStatus

# Every column a list shows: all but the JSON and the free text.
SORTABLE = (
    "id",
    "remote_id",
    *(name for name in Opportunity.CRM_FIELDS if name != "extra"),
    *(name for name in Opportunity.PEOPLE_FIELDS if name != "sa_notes"),
    "first_seen_at",
    "last_synced_at",
    "removed_in_crm_at",
)
SA_NAME = ("assigned_sa__first_name", "assigned_sa__last_name", "assigned_sa__username")
SEARCHED = ("remote_id", "opty_number", "name", "customer", "sales_owner", *SA_NAME)


def _date(lookup: str, which: str) -> filters.DateFilter:
    return filters.DateFilter(
        "close_date",
        lookup,
        input_formats=["%Y-%m-%d"],
        help_text=f"{which} expected close date that is wanted.",
        error_messages={"invalid": "Write a date like 2026-01-31."},
    )


def _value(lookup: str, which: str) -> filters.NumberFilter:
    return filters.NumberFilter(
        "deal_value",
        lookup,
        max_digits=18,
        decimal_places=2,
        help_text=f"{which} deal value that is wanted, whatever its currency.",
    )


class OpportunityFilter(StrictFilterSet):
    other_parameters: ClassVar = {*StrictFilterSet.other_parameters, "search"}

    workflow_status = AnyOfChoices(WorkflowStatus)
    practice = AnyOfWords()
    geo = AnyOfWords()
    stage = AnyOfWords()
    crm_status = AnyOfWords()
    sales_owner = AnyOfWords()
    assigned_sa = filters.CharFilter(
        method="assigned_to", help_text="The id of a user, `me`, or `none`."
    )
    removed = extend_schema_field(
        {"type": "boolean", "description": "No longer in the CRM; both where it is left out."}
    )(
        filters.ChoiceFilter(
            choices=[("true", "removed"), ("false", "still there")],
            method="removed_in_crm",
            error_messages={"invalid_choice": "Write true or false."},
        )
    )
    close_date_from = _date("gte", "The earliest")
    close_date_to = _date("lte", "The latest")
    deal_value_min = _value("gte", "The least")
    deal_value_max = _value("lte", "The greatest")
    ordering = Ordering(SORTABLE, {"assigned_sa": SA_NAME})

    class Meta:
        model = Opportunity
        fields = ()

    def assigned_to(
        self, opportunities: QuerySet[Opportunity], name: str, value: str
    ) -> QuerySet[Opportunity]:
        if value == "none":
            return opportunities.filter(assigned_sa=None)
        who = self.request.user.pk if value == "me" else _existing_user_id(value)
        return opportunities.filter(assigned_sa=who)

    def removed_in_crm(
        self, opportunities: QuerySet[Opportunity], name: str, value: str
    ) -> QuerySet[Opportunity]:
        return opportunities.filter(removed_in_crm_at__isnull=value == "false")


def _existing_user_id(value: str) -> int:
    if value.isascii() and value.isdigit():
        user = get_user_model().objects.filter(pk=value).first()
        if user:
            return int(user.pk)
    raise ValidationError({"assigned_sa": ["Write the id of a user, me, or none."]})
