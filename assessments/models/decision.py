"""Store decisions and their conditions; a decision is never changed, only followed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from assessments.models.assessment import Assessment
from assessments.models.immutable import FreezingQuerySet, ImmutableModel
from assessments.models.reasons import NoBidReason, OverrideReason
from assessments.scoring.rules import Recommendation
from opportunities.domain.states import Action
from opportunities.models import NonTransitionEvent, Opportunity, OpportunityEvent


class DecisionQuerySet(FreezingQuerySet["Decision"]):
    def standing(self, opportunity: Opportunity) -> Self:
        """Return those on it that were not undone, the newest first.

        An undo is the next event after what it undoes, but for comments.
        """
        later = OpportunityEvent.objects.filter(
            opportunity=opportunity, at__gt=OuterRef("decided_at")
        ).exclude(action=NonTransitionEvent.COMMENT)
        following = Subquery(later.order_by("at", "id").values("action")[:1])
        rows = self.filter(opportunity=opportunity)
        rows = rows.alias(following=Coalesce(following, Value("")))
        return rows.exclude(following=NonTransitionEvent.UNDO)


class Decision(ImmutableModel):
    """A decision on a bid, and the facts it stands on."""

    FROZEN_SENTENCE = "A decision cannot change. Re-qualify the opportunity to decide again."

    objects = DecisionQuerySet.as_manager()  # type: ignore[misc]

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="decisions")
    assessment = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        null=True,
        related_name="decisions",
        help_text="The version it stands on; empty where it was decided without scoring.",
    )
    action = models.CharField(max_length=30, choices=Action)
    outcome = models.CharField(max_length=12, choices=Recommendation)
    recommendation = models.CharField(
        "computed recommendation", max_length=12, choices=Recommendation, default=""
    )
    is_override = models.BooleanField(
        "override", default=False, help_text="It differs from the computed recommendation."
    )
    reason_code = models.CharField(
        max_length=40, choices=[*NoBidReason.choices, *OverrideReason.choices], default=""
    )
    reason = models.TextField(default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions"
    )
    first_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()
    crm_snapshot = models.JSONField(help_text="What the CRM said of it at that moment.")
    mirror_synced_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "assessment_decisions"
        ordering: ClassVar = ["-decided_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["opportunity", "-id"], name="decision_latest")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.decided_at:%Y-%m-%d}"


class ConditionState(models.TextChoices):
    OPEN = "OPEN", "Open"
    MET = "MET", "Met"
    WAIVED = "WAIVED", "Waived"


class Condition(ImmutableModel):
    """A condition of a bid, with its owner and date."""

    FREE_FIELDS = frozenset({"state", "reason", "settled_by", "settled_at"})
    FROZEN_SENTENCE = "A condition cannot change. Settle it, or re-qualify the opportunity."

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="conditions")
    text = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conditions"
    )
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=ConditionState, default=ConditionState.OPEN)
    reason = models.TextField(default="", help_text="What shows that it is met, or why waived.")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "assessment_conditions"
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(state="OPEN"), name="condition_open")
        ]

    def __str__(self) -> str:
        return self.text
