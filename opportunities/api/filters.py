"""Filter and sort the list of opportunities.

One set of filters behind the list, the tabs' counts, the export and the dashboard.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError

from opportunities.access.roles import USER_ID, access_of
from opportunities.access.sales_owner import sold_by
from opportunities.api.any_of import either
from opportunities.api.catalogue_filters import CatalogueFilter
from opportunities.api.figure_filters import FigureFilter
from opportunities.api.filter_fields import SearchFilter, moment, yes_or_no
from opportunities.api.grouping import BY_SA, Grouping
from opportunities.api.strict_filters import (
    AnyOfChoices,
    AnyOfExtra,
    AnyOfWords,
    Ordering,
    StrictFilterSet,
)
from opportunities.domain.deadlines import CLOCKED
from opportunities.domain.fields import Use, names_for
from opportunities.lists.extra_attributes import extra_filters
from opportunities.lists.for_you import sections
from opportunities.lists.tabs import TAB_BY_NAME
from opportunities.models import Channel, FeedPosition, conditions
from opportunities.models.querysets import OpportunityQuerySet

SORTABLE = ("id", *names_for(Use.SORT))
COLUMNS = {"urgency": ("next_date",), "assigned_sa": BY_SA}


# What is true or false of a row, its help text and when it is true.
FLAGS: dict[str, tuple[str, Callable[[datetime], Q]]] = {
    "removed": (
        "No longer in the CRM; both where it is left out.",
        lambda now: ~conditions.PRESENT,
    ),
    "overdue": ("Past the time its present state should have ended.", conditions.overdue),
    "due_soon": ("In the last quarter of that time.", conditions.due_soon),
    "needs_requalification": (
        "The CRM changed what the scoring or the decision stands on.",
        lambda now: Q(needs_requalification=True),
    ),
    "reopened": ("Reopened in the CRM, and not taken up since.", lambda now: Q(is_reopened=True)),
    "attention": ("A lead or a bid manager has to look after it.", conditions.needs_attention),
    "orphan": ("Removed or closed in the CRM with open work on it.", conditions.orphans),
    "unscored": ("Decided without scoring.", lambda now: Q(is_unscored_decision=True)),
    "decision_wanted": (
        "Worth DECISION_REQUIRED_MIN_VALUE of its currency or more.",
        lambda now: conditions.decision_wanted(),
    ),
    "seen_closed": (
        "Closed in the CRM before it was first seen here.",
        lambda now: conditions.SEEN_CLOSED,
    ),
}


class RowFilter(CatalogueFilter, FigureFilter):
    """Filter rows, in the list and in each group of `either`."""

    other_parameters: ClassVar = set()
    search = SearchFilter(
        help_text="Parts of words in number, id, name, customer, sales owner or SA; all must match."
    )
    tab = filters.ChoiceFilter(
        choices=[(tab.name, tab.label) for tab in TAB_BY_NAME.values()],
        method="in_tab",
        help_text="One of the tabs; they may overlap.",
        error_messages={"invalid_choice": f"Write one of {', '.join(TAB_BY_NAME)}."},
    )
    band = AnyOfWords(help_text="Score band of the newest scored version.")
    assigned_sa = filters.CharFilter(
        method="assigned_to", help_text="The id of a user, `me`, or `none`."
    )
    locals().update({name: yes_or_no("has_flag", text) for name, (text, _) in FLAGS.items()})
    sold_by_me = yes_or_no("sold", "The CRM names you as its sales owner.")
    for_you = filters.ChoiceFilter(
        choices=[(section.name, section.label) for section in sections()],
        method="in_section",
        help_text="A section of `/api/for-you`: what waits for you.",
    )
    unseen = yes_or_no("changed_unseen", "Changed since you last looked at it.")
    mentioned = yes_or_no("has_mention", "A comment you have not seen mentions you.")
    watched = yes_or_no("is_watched", "You watch it.")
    changed_since = moment("", "exact", "Changed by anybody since then.", method="changed_after")
    entered_to = moment("status_entered_at", "lte", "In its present state since then or earlier.")
    decided_to = moment("decided_at", "lte", "Decided then or earlier.")
    due_from = moment("due_at__gte", "exact", "Due then or later, by its clock.", method="clocked")
    due_before = moment("due_at__lt", "exact", "Due before then, by its clock.", method="clocked")

    def settings_filters(self) -> dict[str, AnyOfExtra]:
        return {each.name: AnyOfExtra(each, place) for place, each in enumerate(extra_filters())}

    def in_tab(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        return TAB_BY_NAME[value].of(rows, self.request.user)

    def has_flag(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        condition = FLAGS[name][1](timezone.now())
        if value == "true":
            return rows.filter(condition)
        # Not ~condition: where a column is empty SQL would answer neither yes nor no.
        return rows.exclude(pk__in=rows.model._default_manager.filter(condition).values("pk"))

    def in_section(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        (section,) = (each for each in sections() if each.name == value)
        return section.of(rows.with_last_look(self.request.user), self.request.user)

    def sold(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        mine = sold_by(access_of(self.request.user).crm_owner_name)
        return rows.filter(mine) if value == "true" else rows.exclude(mine)

    def clocked(self, rows: OpportunityQuerySet, name: str, value: Any) -> OpportunityQuerySet:
        return rows.filter(workflow_status__in=CLOCKED, **{name: value})

    def changed_unseen(
        self, rows: OpportunityQuerySet, name: str, value: str
    ) -> OpportunityQuerySet:
        is_changed = Q(is_changed_since=value == "true")
        return rows.with_last_look(self.request.user).filter(is_changed)

    def has_mention(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        is_mentioned = conditions.mentioned(self.request.user)
        return rows.filter(is_mentioned if value == "true" else ~is_mentioned)

    def is_watched(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        is_watched = conditions.watched(self.request.user)
        return rows.filter(is_watched if value == "true" else ~is_watched)

    def changed_after(
        self, rows: OpportunityQuerySet, name: str, value: Any
    ) -> OpportunityQuerySet:
        since = FeedPosition.objects.filter(changed_at__gte=value)
        changed = since.filter(kind__in=("opportunity", "event")).values("deal")
        return rows.filter(remote_id__in=changed)

    def assigned_to(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        if value == "none":
            return rows.filter(assigned_sa=None)
        return rows.filter(assigned_sa=self.request.user.pk if value == "me" else _user_id(value))


class OpportunityFilter(RowFilter):
    other_parameters = StrictFilterSet.other_parameters
    either = either(RowFilter)
    ordering = Ordering(("urgency", *SORTABLE), COLUMNS)
    group = Grouping()


class UnorderedFilter(OpportunityFilter):
    """Take the list's parameters as they are; its order changes no count and no sum."""

    other_parameters: ClassVar = {*OpportunityFilter.other_parameters, "ordering", "group"}
    ordering = None  # type: ignore[assignment]
    group = None  # type: ignore[assignment]


class TabsFilter(UnorderedFilter):
    """Count the rows of each tab, whichever of them is open."""

    other_parameters: ClassVar = {*UnorderedFilter.other_parameters, "tab"}
    tab = None


def _user_id(value: str) -> int:
    """Read an id, also of somebody who left: saved lists still name them."""
    if USER_ID.fullmatch(value):
        return int(value)
    raise ValidationError({"assigned_sa": ["Write the id of a user, me, or none."]})


class EventFilter(StrictFilterSet):
    action = AnyOfWords(help_text="An action of the workflow, COMMENT, NOTES or CRM_CHANGE.")
    channel = AnyOfChoices(Channel)
    since = moment("at", "gte", "Then or later.")
