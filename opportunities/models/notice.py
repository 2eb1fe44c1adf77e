"""Keep the e-mails that events cause: written with the event, sent afterwards."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from opportunities.models.event import OpportunityEvent


class NoticeState(models.TextChoices):
    WAITING = "WAITING", "Waiting"
    SENT = "SENT", "Sent"
    GIVEN_UP = "GIVEN_UP", "Given up"


class Notice(models.Model):
    """A message to a person about an event."""

    key = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="In its Message-ID, by which a mail that comes twice can be recognised.",
    )
    event = models.ForeignKey(OpportunityEvent, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(help_text="Where it went, or is to go.")
    subject = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField("not tried before", default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    last_failure = models.TextField(default="", help_text="In the words of the mail server.")

    class Meta:
        db_table = "notices"
        ordering: ClassVar = ["-id"]
        verbose_name = "e-mail notice"
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at", "id"],
                name="notice_waiting",
                condition=models.Q(state=NoticeState.WAITING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} (to {self.address})"
