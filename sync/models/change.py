"""Record what a sync changed in an opportunity, field by field."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Prefetch
from django.utils import timezone

from opportunities.models import Opportunity
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


def unseen_changes(user: User) -> Prefetch[Any]:
    """Prefetch as `unseen_changes` of an opportunity what moved since this user looked at it."""
    unseen = OpportunityChange.objects.filter(
        opportunity__last_looks__user=user, at__gt=F("opportunity__last_looks__at")
    )
    return Prefetch("changes", unseen, to_attr="unseen_changes")


def latest_changes(opportunity: Opportunity, most: int) -> models.QuerySet[OpportunityChange]:
    return OpportunityChange.objects.filter(opportunity=opportunity).order_by("-at", "-id")[:most]
