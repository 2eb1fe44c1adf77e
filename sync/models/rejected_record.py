"""Keep what the sync could not take in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from opportunities.access.roles import UserAccess
from opportunities.models import Opportunity
from sync.models.sync_log import SyncLog


class RejectedRecordQuerySet(models.QuerySet["RejectedRecord"]):
    def unresolved(self) -> RejectedRecordQuerySet:
        return self.filter(resolved=False)

    def awaiting(self) -> RejectedRecordQuerySet:
        """Return those that nobody has resolved or decided to ignore."""
        return self.unresolved().filter(ignored_reason="")

    def visible_to(self, access: UserAccess) -> RejectedRecordQuerySet:
        """Return all, or those of visible opportunities: nobody sees what was never imported."""
        if access.sees_everything:
            return self
        seen = Opportunity.objects.visible_to(access).order_by()
        return self.filter(remote_id__in=seen.values("remote_id"))


class RejectedRecord(models.Model):
    """A record from Oracle that could not be imported; one row until it is resolved."""

    sync_log = models.ForeignKey(
        SyncLog,
        on_delete=models.SET_NULL,
        null=True,
        related_name="rejected",
        help_text="The run that saw it last.",
    )
    remote_id = models.CharField("CRM id", max_length=30, null=True, db_index=True)
    fingerprint = models.CharField(
        max_length=64, editable=False, help_text="Its CRM id, or a digest of a record without one."
    )
    field = models.CharField(max_length=100, blank=True, help_text="Oracle's attribute.")
    reason = models.TextField()
    payload = models.JSONField(help_text="What Oracle sent; very long texts are cut.")
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(
        null=True, editable=False, help_text="When a sync last asked Oracle for it by itself."
    )
    tries = models.PositiveIntegerField(default=1)
    resolved = models.BooleanField(default=False, help_text="It went through in a later run.")
    resolved_at = models.DateTimeField(null=True, blank=True)
    ignored_reason = models.TextField(
        blank=True, default="", help_text="Why it no longer makes a run partial."
    )
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RejectedRecordQuerySet.as_manager()

    class Meta:
        db_table = "rejected_records"
        ordering: ClassVar = ["-last_seen_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(resolved=False), name="rejected_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.remote_id or 'record without an id'}: {self.reason}"
