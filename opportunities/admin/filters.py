"""By what the list of opportunities is narrowed."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter
from unfold.contrib.filters.forms import DropdownForm

from opportunities.models import Opportunity
from opportunities.presentation import person
from opportunities.querysets import OpportunityQuerySet
from opportunities.workflow import WorkflowStatus


class ValuesFilter(admin.AllValuesFieldListFilter):
    """The values a column really holds, several at a time, to pick from by typing.

    One DISTINCT over an index each: 10 ms for 100,000 rows on PostgreSQL, 2 ms on SQLite.
    """

    template = "unfold/filters/filters_field.html"
    form_class = DropdownForm

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield {
            "form": DropdownForm(
                label=f"By {self.title}",
                name=self.lookup_kwarg,
                choices=[(value, value) for value in self.lookup_choices if value],
                data={self.lookup_kwarg: self.lookup_val},
                multiple=True,
            )
        }


class AssignedFilter(DropdownFilter):
    title = "assigned SA"
    parameter_name = "sa"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        has_deals = Exists(Opportunity.objects.filter(assigned_sa=OuterRef("pk")))
        people = get_user_model().objects.filter(Q(is_active=True) | has_deals)
        names = [(str(user.pk), person(user)) for user in people.order_by("username")]
        return [("me", "Me"), ("none", "Nobody"), *names]

    def queryset(
        self, request: HttpRequest, queryset: OpportunityQuerySet
    ) -> OpportunityQuerySet | None:
        match self.value():
            case None | "":
                return None
            case "me":
                return queryset.filter(assigned_sa=request.user.pk)
            case "none":
                return queryset.filter(assigned_sa=None)
            case pk if pk in dict(self.lookup_choices):
                return queryset.filter(assigned_sa=pk)
        raise IncorrectLookupParameters


class CrmStateFilter(DropdownFilter):
    title = "state in CRM"
    parameter_name = "crm"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "Open"), ("closed", "Closed in CRM"), ("removed", "Removed in CRM")]

    def queryset(
        self, request: HttpRequest, queryset: OpportunityQuerySet
    ) -> OpportunityQuerySet | None:
        match self.value():
            case "open":
                return queryset.open()
            case "closed":
                return queryset.filter(workflow_status=WorkflowStatus.CLOSED_IN_CRM)
            case "removed":
                return queryset.exclude(removed_in_crm_at=None)
        return None
