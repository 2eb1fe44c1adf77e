"""Record in the audit trail what was done, by whom, and why; change nothing in it."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from audit.models import AppendOnly
from opportunities.domain.states import Action, WorkflowStatus


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


class OpportunityEvent(AppendOnly):
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

    class Meta:
        db_table = "opportunity_events"
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["opportunity", "-at", "-id"], name="event_timeline"),
            models.Index(fields=["-at", "-id"], name="event_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}, {self.at:%Y-%m-%d %H:%M} UTC"
