"""Store the sales opportunity, without knowing Oracle, HTTP or sync."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from opportunities.domain.amounts import AmountField
from opportunities.domain.clocks import ClockState, state_of
from opportunities.domain.crm_status import CrmOutcome
from opportunities.domain.deadlines import CLOCKED, first_due_at, first_due_soon_at
from opportunities.domain.fields import crm_names
from opportunities.domain.states import BidDecision, Priority, WorkflowStatus
from opportunities.models.conditions import WORK_AT_STAKE
from opportunities.models.next_date import date_that_counts
from opportunities.models.querysets import OpportunityQuerySet
from opportunities.models.search_text import SearchTextField


class RemovalReason(models.TextChoices):
    GONE = "GONE", "No longer in the CRM"
    HIDDEN = "HIDDEN", "No longer visible to our CRM user"


class InRank(models.Transform):
    """Sort a choice by its place among all, not by its letters."""

    output_field = models.IntegerField()

    def __init_subclass__(cls, *, codes: Iterable[str], **more: Any) -> None:
        places = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes))
        cls.template = f"CASE %(expressions)s {places} END"


class InOrder(InRank, codes=Priority.values):
    lookup_name = "in_order"


class InWork(InRank, codes=WorkflowStatus.values):
    """Sort states in the order of the work."""

    lookup_name = "in_work"


def held(name: str, *columns: str) -> models.Index:
    """Index the few rows that have the first of these; it costs the writing of others nothing."""
    there = models.Q(**{f"{columns[0]}__isnull": False})
    return models.Index(fields=columns, condition=there, name=name)


class Opportunity(models.Model):
    """A sales opportunity: the CRM's facts, and the work of our people on it."""

    remote_id = models.CharField("CRM id", max_length=30, help_text="Oracle's OptyId, as text.")

    # What the CRM owns: a sync always refreshes it, nobody edits it here.
    opty_number = models.CharField("number", max_length=60, null=True)
    name = models.CharField(max_length=500)
    customer = models.CharField(max_length=500, null=True)
    practice = models.CharField(max_length=255, null=True)
    geo = models.CharField("geography", max_length=255, null=True)
    sector = models.CharField(
        max_length=255, null=True, help_text="The customer's industry, such as public sector."
    )
    deal_value = AmountField(
        max_digits=20,
        null=True,
        help_text="In the deal's own currency; empty where the CRM has none.",
    )
    currency = models.CharField(max_length=15, null=True)
    win_probability = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, help_text="Percent, as sales sees it."
    )
    stage = models.CharField("sales stage", max_length=255, null=True)
    crm_status = models.CharField("CRM status", max_length=60, null=True)
    sales_owner = models.CharField(max_length=255, null=True)
    close_date = models.DateField(null=True, help_text="When sales expects the customer to decide.")
    crm_created_at = models.DateTimeField("created in CRM", null=True)
    crm_updated_at = models.DateTimeField("updated in CRM")
    extra = models.JSONField(
        default=dict, blank=True, help_text="Further CRM attributes this company asks for."
    )

    # What the sync notes down.
    first_seen_at = models.DateTimeField(default=timezone.now, editable=False)
    last_synced_at = models.DateTimeField(
        default=timezone.now,
        editable=False,
        help_text="When a sync last brought something new for this record.",
    )
    removed_in_crm_at = models.DateTimeField("removed in CRM", null=True, editable=False)
    removal_reason = models.CharField(
        max_length=10, choices=RemovalReason, blank=True, default="", editable=False
    )
    asked_at = models.DateTimeField(
        "asked for",
        null=True,
        editable=False,
        help_text="When a sync last asked Oracle for it by itself, as the list did not show it.",
    )

    # What follows from the CRM; only the sync writes it.
    search_text = SearchTextField(
        help_text="What a search looks in; see opportunities/models/search_text.py."
    )
    crm_outcome = models.CharField(
        "outcome in CRM", max_length=10, choices=CrmOutcome, default=CrmOutcome.OPEN, editable=False
    )
    status_before_close = models.CharField(
        max_length=20,
        choices=WorkflowStatus,
        blank=True,
        default="",
        editable=False,
        help_text="Comes back when the CRM reopens the deal.",
    )
    is_reopened = models.BooleanField(
        default=False,
        editable=False,
        help_text="The CRM reopened it, and nobody here has taken it up since.",
    )
    needs_requalification = models.BooleanField(
        default=False,
        editable=False,
        help_text="The CRM changed what the scoring or the decision stands on.",
    )
    requalification_changes = models.JSONField(
        default=list, editable=False, help_text="{field, old, new, at} for each such change."
    )

    # What people own: a sync never overwrites it. Most of it moves by transitions.
    workflow_status = models.CharField(
        max_length=20, choices=WorkflowStatus, default=WorkflowStatus.NEW, editable=False
    )
    workflow_status.register_lookup(InWork)
    status_before_hold = models.CharField(
        max_length=20, choices=WorkflowStatus, default="", editable=False
    )
    decision = models.CharField(
        max_length=12, choices=BidDecision, default=BidDecision.NONE, editable=False
    )
    is_unscored_decision = models.BooleanField(
        "decided without scoring", default=False, editable=False
    )
    first_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text="While a second approval is awaited.",
    )
    assigned_sa = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="assigned SA",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="assigned_opportunities",
    )
    sa_notes = models.TextField("SA notes", blank=True, default="")
    bid_due_on = models.DateField(
        "bid due", null=True, blank=True, help_text="When the customer wants the bid."
    )
    priority = models.CharField(
        max_length=6,
        choices=Priority,
        default=Priority.NORMAL,
        # A sync of the version before, under way while this column comes, does not know it.
        db_default=Priority.NORMAL,
    )
    priority.register_lookup(InOrder)
    lock_version = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts the moves; who acts on an older one is told."
    )

    # Written by the assessments through workflow/scores.py, so that lists need no join.
    score = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        editable=False,
        help_text="Of the newest scored version, as the three after it.",
    )
    best_case = models.DecimalField(max_digits=4, decimal_places=1, null=True, editable=False)
    band = models.CharField(max_length=20, null=True, editable=False)
    recommendation = models.CharField(max_length=12, null=True, editable=False)
    deciding_score = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        editable=False,
        help_text="Of the version that the last decision stands on.",
    )
    deciding_band = models.CharField(max_length=20, null=True, editable=False)
    deciding_reason_code = models.CharField(max_length=40, null=True, editable=False)
    is_deciding_override = models.BooleanField(null=True, editable=False)

    # When it came where it is, and when it should go on.
    status_entered_at = models.DateTimeField(default=timezone.now, editable=False)
    assigned_at = models.DateTimeField(null=True, editable=False)
    first_assessment_at = models.DateTimeField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    held_at = models.DateTimeField(null=True, editable=False)
    hold_review_on = models.DateField("review the hold on", null=True, editable=False)
    clock_started_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="Later by every pause since."
    )
    due_at = models.DateTimeField(
        "due",
        null=True,
        default=first_due_at,
        editable=False,
        help_text="When the present state should end; counts only in a state with a clock.",
    )
    due_soon_at = models.DateTimeField(
        null=True,
        default=first_due_soon_at,
        editable=False,
        help_text="When three quarters of the working time are gone.",
    )
    before_last_move = models.JSONField(
        null=True, editable=False, help_text="What the last action changed, to undo it."
    )
    next_date = models.GeneratedField(
        expression=date_that_counts(), output_field=models.DateTimeField(null=True), db_persist=True
    )
    facts_at_submission = models.JSONField(
        null=True,
        editable=False,
        help_text="What the CRM said when it was submitted, decided without scoring, or its "
        "change accepted.",
    )

    CRM_FIELDS: ClassVar = (*crm_names(), "extra")
    PEOPLE_FIELDS: ClassVar = ("workflow_status", "assigned_sa", "sa_notes")
    SCORE_FIELDS: ClassVar = (
        *("score", "best_case", "band", "recommendation", "deciding_score", "deciding_band"),
        *("deciding_reason_code", "is_deciding_override"),
    )
    TRANSITION_FIELDS: ClassVar = (
        *("workflow_status", "status_before_hold", "decision", "is_unscored_decision"),
        *("first_approved_by", "assigned_sa", "is_reopened", "needs_requalification"),
        *("requalification_changes", "lock_version", "status_entered_at", "assigned_at"),
        *("first_assessment_at", "submitted_at", "decided_at", "held_at", "hold_review_on"),
        *("clock_started_at", "due_at", "due_soon_at", "facts_at_submission"),
        "before_last_move",
        *SCORE_FIELDS,
    )
    """What a transition may write; only transitions do."""

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        db_table = "opportunities"
        verbose_name_plural = "opportunities"
        ordering: ClassVar = ["-crm_updated_at", "-id"]
        permissions: ClassVar = [
            ("comment_opportunity", "Can comment on opportunities"),
            ("export_opportunity", "Can export opportunities"),
            ("refresh_opportunity", "Can refresh opportunities from the CRM"),
        ]
        # Named here instead of db_index=True and unique=True, which on PostgreSQL make a second
        # index for LIKE of every text column; each is paid for by every row a sync writes.
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["remote_id"], name="opp_remote_id")
        ]
        indexes: ClassVar = [
            # Tabs and figures are counted in it, without a look at the rows.
            models.Index(
                fields=[
                    *("workflow_status", "due_at", "removed_in_crm_at", "status_entered_at"),
                    *("first_seen_at", "assigned_sa"),
                ],
                name="opp_in_state",
            ),
            models.Index(fields=["-crm_updated_at", "-id"], name="opp_newest_first"),
            models.Index(fields=["next_date", "-id"], name="opp_most_urgent"),
            models.Index(fields=["opty_number"], name="opp_number"),
            models.Index(fields=["practice"], name="opp_practice"),
            models.Index(fields=["geo"], name="opp_geo"),
            models.Index(fields=["sector"], name="opp_sector"),
            models.Index(fields=["stage"], name="opp_stage"),
            models.Index(fields=["crm_status"], name="opp_crm_status"),
            models.Index(fields=["sales_owner"], name="opp_sales_owner"),
            models.Index(fields=["deal_value", "id"], name="opp_by_value"),
            models.Index(fields=["close_date", "id"], name="opp_by_close_date"),
            held("opp_by_score", "score", "id"),
            held("opp_by_bid_due", "bid_due_on", "id"),
            held("opp_assigned", "assigned_at"),
            held("opp_answered", "first_assessment_at"),
            held("opp_submitted", "submitted_at"),
            held("opp_decided", "decided_at"),
            models.Index(
                fields=["id"],
                condition=models.Q(needs_requalification=True) | models.Q(is_reopened=True),
                name="opp_flagged",
            ),
            models.Index(
                fields=["status_entered_at"],
                condition=models.Q(status_before_close__in=WORK_AT_STAKE),
                name="opp_closed_work",
            ),
            held("opp_assigned_sa", "assigned_sa"),
            held("opp_removed", "removed_in_crm_at"),
        ]

    def __str__(self) -> str:
        return f"{self.opty_number or self.remote_id} {self.name}"

    @property
    def is_clocked(self) -> bool:
        return self.workflow_status in CLOCKED

    def clock_state(self, now: datetime) -> ClockState:
        if not self.is_clocked:
            return ClockState.NONE
        return state_of(self.due_at, self.due_soon_at, now)
