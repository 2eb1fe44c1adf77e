"""Record in the audit trail what was done, by whom, and why; change nothing in it."""

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from opportunities.domain.states import Action, WorkflowStatus


class TrailIsAppendOnly(TypeError):
    """An attempt to change or remove an event; to correct one, write another."""

    def __init__(self) -> None:
        super().__init__("Events cannot be changed or deleted. Add a new one instead.")


class NonTransitionEvent(models.TextChoices):
    """An event without a transition."""

    COMMENT = "COMMENT", "Comment"
    NOTES = "NOTES", "Notes changed"
    BID_DUE = "BID_DUE", "Bid due date changed"
    PRIORITY = "PRIORITY", "Priority changed"
    CONDITION = "CONDITION", "Condition settled"
    ATTACH = "ATTACH", "Attachment added"
    DETACH = "DETACH", "Attachment removed"
    REVIEW = "REVIEW", "Review comment"
    CRM_CHANGE = "CRM_CHANGE", "Material change in CRM"
    UNDO = "UNDO", "Undo"


class Channel(models.TextChoices):
    SCREEN = "SCREEN", "Screen"
    BULK = "BULK", "Bulk"
    API = "API", "API"
    SYNC = "SYNC", "Sync"


class OpportunityEventQuerySet(models.QuerySet["OpportunityEvent"]):
    """Add and read, nothing else."""

    def update(self, **values: Any) -> NoReturn:
        raise TrailIsAppendOnly

    def delete(self) -> NoReturn:
        raise TrailIsAppendOnly

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise TrailIsAppendOnly

    def bulk_create(
        self, objs: Iterable["OpportunityEvent"], *args: Any, **options: Any
    ) -> list["OpportunityEvent"]:
        if options.get("update_conflicts"):
            raise TrailIsAppendOnly
        return super().bulk_create(objs, *args, **options)


class OpportunityEvent(models.Model):
    """A thing that was done; triggers of the database protect it, too."""

    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        to_field="remote_id",
        db_column="remote_id",
        # By the CRM's id and without a constraint: the trail outlives a table that was
        # emptied or restored, and belongs to the opportunity again once the sync restores it.
        db_constraint=False,
        db_index=False,  # The timeline's index begins with it.
        on_delete=models.DO_NOTHING,
        related_name="events",
    )
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty for the sync.",
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    action = models.CharField(max_length=30, choices=[*Action.choices, *NonTransitionEvent.choices])
    from_status = models.CharField(max_length=20, choices=WorkflowStatus)
    to_status = models.CharField(max_length=20, choices=WorkflowStatus)
    reason = models.TextField(default="", help_text="Or what the comment says.")
    reason_code = models.CharField(max_length=40, default="")
    changes = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="field -> [old, new]"
    )
    channel = models.CharField(max_length=6, choices=Channel)
    request_id = models.CharField(max_length=64, default="")

    objects = OpportunityEventQuerySet.as_manager()

    class Meta:
        db_table = "opportunity_events"
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["opportunity", "-at", "-id"], name="event_timeline"),
            models.Index(fields=["-at", "-id"], name="event_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}, {self.at:%Y-%m-%d %H:%M} UTC"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise TrailIsAppendOnly
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise TrailIsAppendOnly
