"""Record every run of the sync."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


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
    FOLLOW = "FOLLOW", "Following"
    COMMAND = "COMMAND", "Command line"
    API = "API", "API"
    ADMIN = "ADMIN", "Admin"


class SyncLogQuerySet(models.QuerySet["SyncLog"]):
    def running(self) -> SyncLog | None:
        return self.filter(status=SyncStatus.RUNNING).first()

    def last_finished(self) -> SyncLog | None:
        return self.exclude(status=SyncStatus.RUNNING).first()

    def last_success(self) -> SyncLog | None:
        return self.filter(status=SyncStatus.SUCCESS).first()

    def watermark(self) -> datetime | None:
        """Return up to when the mirror is known to be complete; None before the first full run."""
        newest = self.last_complete()
        return newest.watermark if newest else None

    def last_complete(self) -> SyncLog | None:
        """Return the newest run that read all it set out to read, even where it rejected records.

        Not the last success: that may have been of a few chosen records, and one record that is
        wrong in Oracle would make the whole mirror look old.
        """
        return self.exclude(watermark=None).first()

    def last_that_read_everything(self) -> SyncLog | None:
        """Return the newest full run that got to the end of Oracle's list, whatever it objected to.

        None that stopped half-way leaves a watermark or a number of removals.
        """
        endings = (SyncStatus.SUCCESS, SyncStatus.PARTIAL)
        ended = self.filter(sync_type=SyncType.FULL, status__in=endings)
        return ended.exclude(watermark=None, removals_waiting=None).first()

    def removals_waiting(self) -> int:
        """Return the number of the newest run that looked for removals: others know nothing new."""
        newest = self.last_looked_for_removals()
        return newest.removals_waiting or 0 if newest else 0

    def last_looked_for_removals(self) -> SyncLog | None:
        return self.exclude(removals_waiting=None).first()

    def with_outcome(self) -> SyncLogQuerySet:
        """Annotate how many rejected records and changed fields each run is the last word on."""
        return self.annotate(
            rejected_count=self._count_of("rejected"), changed_count=self._count_of("changes")
        )

    def _count_of(self, relation: str) -> models.Subquery:
        """Count beside another count: two joins at once would multiply one another."""
        each = self.model._default_manager.filter(pk=models.OuterRef("pk")).order_by()
        return models.Subquery(each.annotate(n=models.Count(relation)).values("n"))


class SyncLog(models.Model):
    """A run of the sync."""

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
    runs = models.PositiveIntegerField(
        default=1,
        db_default=1,
        help_text="Times that Oracle was asked for news: a process that follows it has one row for "
        "an hour in which nothing changed.",
    )
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
    remarks = models.JSONField(
        default=list,
        help_text="What was otherwise than expected and cost no record, one sentence each.",
    )
    attributes = models.JSONField(
        "attributes asked for",
        default=list,
        editable=False,
        help_text="What it asked Oracle for; an incremental run begins with what the last "
        "complete one knew.",
    )
    absent_attributes = models.JSONField(
        "attributes the tenant does not have",
        default=list,
        help_text="Named by a setting or by the usual mapping; their columns stay as they are.",
    )
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
        *("total_fetched", "new_records", "updated_records"),
        *("unchanged_records", "failed_records", "removed_records"),
    )
    TRAFFIC_COUNTS: ClassVar = ("runs", "pages", "requests", "retries")
    OBSERVATIONS: ClassVar = (
        "remarks",
        "absent_attributes",
        "unmapped_statuses",
        "unmapped_attributes",
    )

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

    is_news = True
    """Of a run that has just ended: whether anybody wants to be told of it."""

    def __str__(self) -> str:
        kind = SyncType(self.sync_type).label.lower()
        return f"{kind} sync of {self.started_at.day} {self.started_at:%b %Y, %H:%M} UTC"

    @property
    def is_idle(self) -> bool:
        return not (self.new_records or self.updated_records or self.removed_records)

    def is_news_after(self, former: SyncLog | None) -> bool:
        """Return whether there is anything to tell: not where it followed, and ended as before."""
        if self.trigger != Trigger.FOLLOW or not self.is_idle or former is None:
            return True
        return (self.status, self.error_message) != (former.status, former.error_message)

    def repeats(self, former: SyncLog) -> bool:
        """Return whether it is one more of an hour's runs that followed and changed nothing."""
        alike = ("trigger", "sync_type")
        return (
            former.is_idle
            and not self.is_news_after(former)
            and all(getattr(self, name) == getattr(former, name) for name in alike)
            and (self.watermark is None) == (former.watermark is None)
            and self.started_at - former.started_at < timedelta(hours=1)
        )
