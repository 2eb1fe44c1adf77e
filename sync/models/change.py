"""Record what a sync changed in an opportunity, field by field."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Case, F, FilteredRelation, Prefetch, Q, Value, When
from django.utils import timezone

from opportunities.models import Opportunity
from opportunities.models.querysets import OpportunityQuerySet
from sync.models.sync_log import SyncLog


class OpportunityChange(models.Model):
    """A field of an opportunity that really moved, as text, from what to what.

    It lives here and not beside Opportunity because it points at the sync that did it,
    and imports run from sync to opportunities only.
    """

    opportunity = models.ForeignKey(
        "opportunities.Opportunity", on_delete=models.CASCADE, related_name="changes"
    )
    sync_log = models.ForeignKey(
        SyncLog,
        on_delete=models.SET_NULL,
        null=True,
        related_name="changes",
        help_text="Empty where a single record was refreshed on demand.",
    )
    field = models.CharField(max_length=100)
    old = models.TextField(null=True)
    new = models.TextField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "opportunity_changes"
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["opportunity", "-at", "-id"], name="change_timeline")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.old} -> {self.new}"


class RunChangeKind(models.TextChoices):
    """Say what a run did to an opportunity, above all."""

    NEW = "new", "New"
    REMOVED = "removed", "Removed"
    RETURNED = "returned", "Returned"
    CHANGED = "changed", "Changed"


def is_new_in(run: SyncLog) -> Q:
    """Select what the run brought: it left no change, but no two runs go on at once."""
    return Q(first_seen_at__range=(run.started_at, run.completed_at or timezone.now()))


def kind_in(run: SyncLog) -> Case:
    removals = OpportunityChange.objects.filter(sync_log=run, field="removed_in_crm_at")
    flagged, shown_again = removals.exclude(new=None), removals.filter(new=None)
    return Case(
        When(is_new_in(run), then=Value(RunChangeKind.NEW)),
        When(pk__in=flagged.values("opportunity"), then=Value(RunChangeKind.REMOVED)),
        When(pk__in=shown_again.values("opportunity"), then=Value(RunChangeKind.RETURNED)),
        default=Value(RunChangeKind.CHANGED),
    )


def touched_by(run: SyncLog, deals: OpportunityQuerySet) -> OpportunityQuerySet:
    """Keep what the run brought or changed, a row for each `change`; new ones have none."""
    of_run = FilteredRelation("changes", condition=Q(changes__sync_log=run))
    touched = deals.alias(change=of_run, field=F("change__field"))
    # By the alias: `change` itself would be joined a second time here.
    return touched.filter(is_new_in(run) | Q(field__isnull=False)).annotate(kind=kind_in(run))


def unseen_changes(user: User) -> Prefetch[Any]:
    """Prefetch as `unseen_changes` of an opportunity what moved since this user looked at it."""
    unseen = OpportunityChange.objects.filter(
        opportunity__last_looks__user=user, at__gt=F("opportunity__last_looks__at")
    )
    return Prefetch("changes", unseen, to_attr="unseen_changes")


def latest_changes(opportunity: Opportunity, most: int) -> models.QuerySet[OpportunityChange]:
    return OpportunityChange.objects.filter(opportunity=opportunity).order_by("-at", "-id")[:most]
