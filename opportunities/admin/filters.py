"""Filter the list of opportunities."""

from collections.abc import Callable, Iterator
from datetime import datetime
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

from opportunities.access.roles import USER_ID, access_of, user_of
from opportunities.lists.figures import ANY_ATTENTION, ATTENTION
from opportunities.lists.presentation import person
from opportunities.lists.sorting import sort_key
from opportunities.models import Opportunity, conditions
from opportunities.models.querysets import OpportunityQuerySet

SOMEBODY_WHO_LEFT = "Someone who left"
Narrowing = Callable[[OpportunityQuerySet, HttpRequest], OpportunityQuerySet]


class ValuesFilter(admin.AllValuesFieldListFilter):
    """Offer the values that a column holds, to pick several by typing.

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
        seen = Opportunity.objects.visible_to(access_of(request.user))
        has_deals = Exists(seen.filter(assigned_sa=OuterRef("pk")))
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
    """Offer a few named conditions; an unknown one filters nothing."""

    narrowings: ClassVar[dict[str, tuple[str, Narrowing]]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, label) for name, (label, _) in self.narrowings.items()]

    def queryset(
        self, request: HttpRequest, queryset: OpportunityQuerySet
    ) -> OpportunityQuerySet | None:
        chosen = self.narrowings.get(self.value() or "")
        return chosen[1](queryset, request) if chosen else None


def _where(condition: Callable[[datetime], Q]) -> Narrowing:
    return lambda rows, request: rows.filter(condition(timezone.now()))


class CrmStateFilter(NarrowingFilter):
    title = "state in CRM"
    parameter_name = "crm"
    narrowings: ClassVar = {
        "open": ("Open", _where(lambda now: conditions.OPEN)),
        "closed": ("Closed in CRM", _where(lambda now: conditions.CLOSED)),
        "removed": ("Removed in CRM", _where(lambda now: ~conditions.PRESENT)),
        "reopened": ("Reopened in CRM", _where(lambda now: Q(is_reopened=True))),
    }


class ClockFilter(NarrowingFilter):
    title = "clock"
    parameter_name = "clock"
    narrowings: ClassVar = {
        "overdue": ("Overdue", _where(conditions.overdue)),
        "due_soon": ("Due soon", _where(conditions.due_soon)),
    }


class AttentionFilter(NarrowingFilter):
    """Offer the reasons of the overview, and what is new to whoever asks."""

    title = "attention"
    parameter_name = "attention"
    narrowings: ClassVar = {
        **{each.name: (each.label, _where(each.condition)) for each in (ANY_ATTENTION, *ATTENTION)},
        "changed": (
            "Changed since I last looked",
            lambda rows, request: rows.changed_since_last_look(user_of(request)),
        ),
    }
