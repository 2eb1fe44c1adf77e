"""What the list of opportunities can be narrowed to and sorted by.

One set of filters behind the list, the tabs' counts, the export and the dashboard.
"""

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError

from opportunities import conditions
from opportunities.api.either import either
from opportunities.api.figure_filters import FigureFilter
from opportunities.api.filter_fields import amount, day, moment, words, yes_or_no
from opportunities.api.grouping import BY_SA, Grouping
from opportunities.api.search import SearchFilter
from opportunities.api.strict_filters import (
    AnyOfChoices,
    AnyOfWords,
    Ordering,
    StrictFilterSet,
)
from opportunities.crm_status import CrmOutcome
from opportunities.models import Channel, Opportunity, OpportunityEvent
from opportunities.querysets import OpportunityQuerySet
from opportunities.roles import USER_ID
from opportunities.tabs import TAB_BY_NAME
from opportunities.workflow import BidDecision, WorkflowStatus

# Every column a list shows: all but the JSON and the free text.
SORTABLE = (
    "id",
    "remote_id",
    *(name for name in Opportunity.CRM_FIELDS if name != "extra"),
    *(name for name in Opportunity.PEOPLE_FIELDS if name != "sa_notes"),
    "bid_due_on",
    "decision",
    "decided_at",
    "crm_outcome",
    "status_entered_at",
    "due_at",
    "first_seen_at",
    "last_synced_at",
    "removed_in_crm_at",
    "score",
    "band",
)


class RowFilter(FigureFilter):
    """What a row can be asked for, in the list and in each group of `either`."""

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
    workflow_status = AnyOfChoices(WorkflowStatus)
    decision = AnyOfChoices(BidDecision)
    crm_outcome = AnyOfChoices(CrmOutcome)
    practice = AnyOfWords()
    geo = AnyOfWords()
    sector = AnyOfWords()
    stage = AnyOfWords()
    crm_status = AnyOfWords()
    sales_owner = AnyOfWords()
    customer = AnyOfWords()
    currency = AnyOfWords()
    band = words("in_band", "Score band of the newest scored version.")
    assigned_sa = filters.CharFilter(
        method="assigned_to", help_text="The id of a user, `me`, or `none`."
    )
    removed = yes_or_no("has_flag", "No longer in the CRM; both where it is left out.")
    overdue = yes_or_no("has_flag", "Past the time its present state should have ended.")
    due_soon = yes_or_no("has_flag", "In the last quarter of that time.")
    needs_requalification = yes_or_no(
        "has_flag", "The CRM changed what the scoring or the decision stands on."
    )
    reopened = yes_or_no("has_flag", "Reopened in the CRM, and not taken up since.")
    attention = yes_or_no("has_flag", "A lead or a bid manager has to look after it.")
    orphan = yes_or_no("has_flag", "Removed or closed in the CRM with open work on it.")
    unscored = yes_or_no("has_flag", "Decided without scoring.")
    decision_wanted = yes_or_no("has_flag", "Worth DECISION_WANTED_FROM of its currency or more.")
    seen_closed = yes_or_no("has_flag", "Closed in the CRM before it was first seen here.")
    unseen = yes_or_no("changed_unseen", "Changed since you last looked at it.")
    changed_since = moment("", "exact", "Changed by anybody since then.", method="changed_after")
    entered_from = moment("status_entered_at", "gte", "In its present state since then or later.")
    entered_before = moment("status_entered_at", "lt", "In its present state since before then.")
    entered_to = moment("status_entered_at", "lte", "In its present state since then or earlier.")
    first_seen_from = moment("first_seen_at", "gte", "First seen here then or later.")
    first_seen_before = moment("first_seen_at", "lt", "First seen here before then.")
    first_answered_from = moment("first_assessment_at", "gte", "First answered then or later.")
    first_answered_before = moment("first_assessment_at", "lt", "First answered before then.")
    submitted_from = moment("submitted_at", "gte", "Last submitted then or later.")
    submitted_before = moment("submitted_at", "lt", "Last submitted before then.")
    decided_from = moment("decided_at", "gte", "Decided then or later.")
    decided_before = moment("decided_at", "lt", "Decided before then.")
    decided_to = moment("decided_at", "lte", "Decided then or earlier.")
    close_date_from = day("close_date", "gte", "The earliest expected close date that is wanted.")
    close_date_to = day("close_date", "lte", "The latest expected close date that is wanted.")
    bid_due_from = day("bid_due_on", "gte", "The earliest day for the bid that is wanted.")
    bid_due_to = day("bid_due_on", "lte", "The latest day for the bid that is wanted.")
    deal_value_min = amount("gte", "The least")
    deal_value_max = amount("lte", "The greatest")

    class Meta:
        model = Opportunity
        fields = ()

    FLAGS: ClassVar = {
        "removed": lambda now: ~conditions.PRESENT,
        "overdue": conditions.overdue,
        "due_soon": conditions.due_soon,
        "needs_requalification": lambda now: Q(needs_requalification=True),
        "reopened": lambda now: Q(is_reopened=True),
        "attention": conditions.needs_attention,
        "orphan": conditions.orphans,
        "unscored": lambda now: Q(is_unscored_decision=True),
        "decision_wanted": lambda now: conditions.decision_wanted(),
        "seen_closed": lambda now: conditions.SEEN_CLOSED,
    }

    def in_tab(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        return TAB_BY_NAME[value].of(rows, self.request.user)

    def in_band(self, rows: OpportunityQuerySet, name: str, bands: Any) -> OpportunityQuerySet:
        return rows.filter(Q(band__in=bands)) if bands else rows

    def has_flag(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        condition = self.FLAGS[name](timezone.now())
        if value == "true":
            return rows.filter(condition)
        # Not ~condition: where a column is empty SQL would answer neither yes nor no.
        return rows.exclude(pk__in=rows.model._default_manager.filter(condition).values("pk"))

    def changed_unseen(
        self, rows: OpportunityQuerySet, name: str, value: str
    ) -> OpportunityQuerySet:
        is_changed = Q(is_changed_since=value == "true")
        return rows.with_last_look(self.request.user).filter(is_changed)

    def changed_after(
        self, rows: OpportunityQuerySet, name: str, value: Any
    ) -> OpportunityQuerySet:
        since = OpportunityEvent.objects.filter(opportunity=OuterRef("remote_id"), at__gte=value)
        return rows.filter(Q(last_synced_at__gte=value) | Exists(since))

    def assigned_to(self, rows: OpportunityQuerySet, name: str, value: str) -> OpportunityQuerySet:
        if value == "none":
            return rows.filter(assigned_sa=None)
        return rows.filter(assigned_sa=self.request.user.pk if value == "me" else _user_id(value))


class OpportunityFilter(RowFilter):
    other_parameters = StrictFilterSet.other_parameters
    either = either(RowFilter)
    ordering = Ordering(SORTABLE, {"assigned_sa": BY_SA})
    group = Grouping()

    class Meta(RowFilter.Meta):
        pass


class TabsFilter(OpportunityFilter):
    """The same for the tabs' counts, whichever of them is open."""

    other_parameters: ClassVar = {*OpportunityFilter.other_parameters, "tab", "ordering", "group"}
    tab = None
    ordering = None  # type: ignore[assignment]
    group = None  # type: ignore[assignment]


def _user_id(value: str) -> int:
    """Whoever has left has nothing; a list that somebody kept still names them."""
    if USER_ID.fullmatch(value):
        return int(value)
    raise ValidationError({"assigned_sa": ["Write the id of a user, me, or none."]})


class EventFilter(StrictFilterSet):
    action = AnyOfWords(help_text="An action of the workflow, COMMENT, NOTES or CRM_CHANGE.")
    channel = AnyOfChoices(Channel)
    since = moment("at", "gte", "Then or later.")

    class Meta:
        model = OpportunityEvent
        fields = ()
