"""The record of every sync: its log, what it changed, and what it could not take in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sync.querysets import RejectedRecordQuerySet, SyncLogQuerySet


class SyncType(models.TextChoices):
    FULL = "FULL", "Full"
    INCREMENTAL = "INCREMENTAL", "Incremental"


class SyncStatus(models.TextChoices):
    RUNNING = "RUNNING", "Running"
    SUCCESS = "SUCCESS", "Success"
    PARTIAL = "PARTIAL", "Partial"
    FAILED = "FAILED", "Failed"


class Trigger(models.TextChoices):
    CRON = "CRON", "Schedule"
    COMMAND = "COMMAND", "Command line"
    API = "API", "API"
    ADMIN = "ADMIN", "Admin"


class SyncLog(models.Model):
    """One run of the sync."""

    sync_type = models.CharField(max_length=12, choices=SyncType)
    status = models.CharField(max_length=8, choices=SyncStatus, default=SyncStatus.RUNNING)
    trigger = models.CharField(max_length=8, choices=Trigger, default=Trigger.COMMAND)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who asked for it; empty for the schedule and the command line.",
    )

    total_fetched = models.PositiveIntegerField("fetched", default=0)
    new_records = models.PositiveIntegerField("new", default=0)
    updated_records = models.PositiveIntegerField("updated", default=0)
    unchanged_records = models.PositiveIntegerField("unchanged", default=0)
    failed_records = models.PositiveIntegerField("failed", default=0)
    removed_records = models.PositiveIntegerField("removed", default=0)

    removals_waiting = models.PositiveIntegerField(
        null=True,
        help_text="Of a full run that looked for removals: how many were too many to be flagged "
        "unasked, and wait for a person.",
    )

    started_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True)
    duration_seconds = models.FloatField("duration", null=True)
    pages = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)
    retries = models.PositiveIntegerField(default=0)
    watermark = models.DateTimeField(
        null=True,
        help_text="Every change Oracle stamped up to here is in the mirror; set only by a "
        "run that read every page it set out to read.",
    )
    mirror_records = models.PositiveIntegerField(
        null=True, editable=False, help_text="Of a run with a watermark: how many it left."
    )
    mirror_synced_at = models.DateTimeField(
        null=True, editable=False, help_text="And the newest last_synced_at among them."
    )
    error_message = models.TextField("message", blank=True, default="")
    unmapped_attributes = models.JSONField(
        "attributes not taken over",
        default=list,
        help_text="The tenant's own (_c) attributes that a full run found and no setting names.",
    )
    unmapped_statuses = models.JSONField(
        "CRM statuses without a meaning",
        default=list,
        help_text="Met in this run and named by no ORACLE_…_STATUS_CODES setting; they count as "
        "open.",
    )
    process_id = models.PositiveIntegerField(null=True, editable=False)

    RECORD_COUNTS: ClassVar = (
        "total_fetched",
        "new_records",
        "updated_records",
        "unchanged_records",
        "failed_records",
        "removed_records",
    )
    TRAFFIC_COUNTS: ClassVar = ("pages", "requests", "retries")

    objects = SyncLogQuerySet.as_manager()

    class Meta:
        db_table = "sync_logs"
        ordering: ClassVar = ["-started_at", "-id"]
        get_latest_by = "started_at"
        permissions: ClassVar = [("trigger_sync", "Can start a sync")]
        indexes: ClassVar = [models.Index(fields=["-started_at", "-id"], name="sync_newest_first")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(status=SyncStatus.RUNNING), name="sync_one_running"
            ),
            models.CheckConstraint(
                condition=Q(status=SyncStatus.RUNNING)
                | Q(
                    total_fetched=F("new_records")
                    + F("updated_records")
                    + F("unchanged_records")
                    + F("failed_records")
                ),
                name="sync_counts_add_up",
            ),
        ]

    def __str__(self) -> str:
        kind = SyncType(self.sync_type).label.lower()
        return f"{kind} sync of {self.started_at:%Y-%m-%d %H:%M} UTC"


class OpportunityChange(models.Model):
    """One field of one opportunity that really moved, as text, from what to what.

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


class RejectedRecord(models.Model):
    """A record from Oracle that could not be taken in; one row until it is resolved."""

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
    tries = models.PositiveIntegerField(default=1)
    resolved = models.BooleanField(default=False, help_text="It went through in a later run.")
    resolved_at = models.DateTimeField(null=True, blank=True)
    ignored_reason = models.TextField(
        blank=True, default="", help_text="Why it no longer makes a run partial."
    )
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
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


class Reconciliation(models.Model):
    """A certificate: Oracle and the mirror compared, field by field, at one time."""

    taken_at = models.DateTimeField(default=timezone.now)
    is_equal = models.BooleanField()
    figures = models.JSONField(
        help_text="By currency and stage: records and deal values, in the source and here."
    )
    differing = models.JSONField(help_text="CRM id -> what is not the same.")

    class Meta:
        db_table = "reconciliations"
        ordering: ClassVar = ["-taken_at", "-id"]

    def __str__(self) -> str:
        outcome = "equal" if self.is_equal else f"{len(self.differing):,} records differ"
        return f"{self.taken_at:%Y-%m-%d %H:%M} UTC: {outcome}"
