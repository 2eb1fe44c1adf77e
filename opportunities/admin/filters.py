"""By what the list of opportunities is narrowed."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter
from unfold.contrib.filters.forms import DropdownForm

from opportunities.figures import ANY_ATTENTION, ATTENTION, Figure
from opportunities.models import Opportunity
from opportunities.presentation import person
from opportunities.querysets import OpportunityQuerySet
from opportunities.roles import USER_ID, user_of
from opportunities.sorting import sort_key
from opportunities.workflow import WorkflowStatus

SOMEBODY_WHO_LEFT = "Somebody who left"
Narrowing = Callable[[OpportunityQuerySet, HttpRequest], OpportunityQuerySet]


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
                choices=[
                    (value, value)
                    for value in sorted(filter(None, self.lookup_choices), key=sort_key)
                ],
                data={self.lookup_kwarg: self.lookup_val},
                multiple=True,
            )
        }


class AssignedFilter(DropdownFilter):
    title = "assigned SA"
    parameter_name = "sa"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        has_deals = Exists(Opportunity.objects.filter(assigned_sa=OuterRef("pk")))
        named = request.GET.get(self.parameter_name, "")
        named = named if USER_ID.fullmatch(named) else ""
        who = Q(is_active=True) | has_deals | Q(pk=named or None)
        people = get_user_model().objects.filter(who).order_by("username__in_order")
        names = dict.fromkeys([named] if named else [], SOMEBODY_WHO_LEFT)
        names |= {str(user.pk): _name(user) for user in people}
        return [("me", "Me"), ("none", "Nobody"), *names.items()]

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
            case pk if USER_ID.fullmatch(pk):
                return queryset.filter(assigned_sa=pk)
        raise IncorrectLookupParameters


def _name(user: User) -> str:
    return person(user) if user.is_active else f"{person(user)} (left)"


class NarrowingFilter(DropdownFilter):
    """One of a few named narrowings; an unknown one narrows nothing."""

    narrowings: ClassVar[dict[str, tuple[str, Narrowing]]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, label) for name, (label, _) in self.narrowings.items()]

    def queryset(
        self, request: HttpRequest, queryset: OpportunityQuerySet
    ) -> OpportunityQuerySet | None:
        chosen = self.narrowings.get(self.value() or "")
        return chosen[1](queryset, request) if chosen else None


def narrowing_of(figure: Figure) -> Narrowing:
    return lambda rows, request: rows.filter(figure.condition(timezone.now()))


class CrmStateFilter(NarrowingFilter):
    title = "state in CRM"
    parameter_name = "crm"
    narrowings: ClassVar = {
        "open": ("Open", lambda rows, request: rows.open()),
        "closed": (
            "Closed in CRM",
            lambda rows, request: rows.filter(workflow_status=WorkflowStatus.CLOSED_IN_CRM),
        ),
        "removed": (
            "Removed in CRM",
            lambda rows, request: rows.exclude(removed_in_crm_at=None),
        ),
        "reopened": ("Reopened in CRM", lambda rows, request: rows.filter(is_reopened=True)),
    }


class ClockFilter(NarrowingFilter):
    title = "clock"
    parameter_name = "clock"
    narrowings: ClassVar = {
        "overdue": ("Overdue", lambda rows, request: rows.overdue(timezone.now())),
        "due_soon": ("Due soon", lambda rows, request: rows.due_soon(timezone.now())),
    }


class AttentionFilter(NarrowingFilter):
    """The reasons of the overview, and what is new to whoever asks."""

    title = "attention"
    parameter_name = "attention"
    narrowings: ClassVar = {
        **{each.name: (each.label, narrowing_of(each)) for each in (ANY_ATTENTION, *ATTENTION)},
        "changed": (
            "Changed since I last looked",
            lambda rows, request: rows.changed_since_last_look(user_of(request)),
        ),
    }
