"""Store what happened, what is to be delivered because of it, and which workers run."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

MOST_OF_A_SUBJECT = 400


class Event(models.Model):
    """Something that happened, written in the transaction that made it happen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60, help_text="Of the catalogue: opportunity.assigned.")
    at = models.DateTimeField(default=timezone.now)
    deal = models.CharField(
        max_length=30, default="", help_text="The CRM's id of the opportunity it is about, if any."
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Empty for programs.",
    )
    source = models.CharField(
        max_length=100, default="", help_text="What it tells of, as kind:id; told once."
    )
    body = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    expanded_at = models.DateTimeField(
        null=True, help_text="When a worker made its deliveries; empty until then."
    )
    next_try_at = models.DateTimeField("not tried before", default=timezone.now)

    class Meta:
        db_table = "outbox_events"
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="event_told_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-at"], name="outbox_newest_first"),
            models.Index(
                fields=["next_try_at"],
                name="event_to_expand",
                condition=Q(expanded_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d %H:%M} UTC"


class DeliveryState(models.TextChoices):
    WAITING = "WAITING", "Waiting"
    DELIVERED = "DELIVERED", "Delivered"
    GIVEN_UP = "GIVEN_UP", "Given up"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def late(self, now: datetime) -> Self:
        """Return what should have arrived; a first try under way has not failed yet."""
        rows = self.filter(state=DeliveryState.WAITING, due_at__lte=now)
        return rows.exclude(tries__gt=0, last_failure="", next_try_at__gt=now)

    def try_anew(self) -> int:
        """Let a worker take them now, with the ids that they have, and as often as new ones."""
        now, state = timezone.now(), DeliveryState.WAITING
        return self.update(state=state, tries=0, due_at=now, next_try_at=now, failed_at=None)


class Delivery(models.Model):
    """A message about an event, to one person or place, by one channel."""

    id = models.UUIDField(
        primary_key=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Goes with each try, by which a message that comes twice can be recognised.",
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    target = models.CharField(
        max_length=254, default="", help_text="Where it goes: a mail address, an endpoint."
    )
    subject = models.CharField(max_length=MOST_OF_A_SUBJECT)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(
        default=timezone.now, db_default=Now(), help_text="When its first try was to be made."
    )
    next_try_at = models.DateTimeField("not tried before", default=timezone.now)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(
        null=True,
        help_text="When it was given up after its last try; empty where a person gave it up.",
    )
    last_failure = models.TextField(default="", help_text="In the words of the other side.")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        db_table = "outbox_deliveries"
        verbose_name_plural = "deliveries"
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "channel", "target", "recipient"], name="delivery_to_a_person_once"
            ),
            # Empty recipients are not equal to one another.
            models.UniqueConstraint(
                fields=["event", "channel", "target"],
                condition=Q(recipient=None),
                name="delivery_to_a_place_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                name="delivery_waiting",
                condition=Q(state=DeliveryState.WAITING),
            ),
            models.Index(
                fields=["created_at"],
                name="delivery_given_up",
                condition=Q(state=DeliveryState.GIVEN_UP),
            ),
            models.Index(fields=["-created_at"], name="delivery_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.channel} to {self.target or self.recipient})"


class WorkerSign(models.Model):
    """Say when a worker was last seen at work."""

    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "worker_signs"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["host", "pid"], name="one_sign_of_a_worker")
        ]

    def __str__(self) -> str:
        return f"{self.host}, process {self.pid}, {self.at:%Y-%m-%d %H:%M} UTC"


class JobTurn(models.Model):
    """Say when a job of the workers is to run next."""

    name = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField()

    class Meta:
        db_table = "job_turns"

    def __str__(self) -> str:
        return f"{self.name}, next {self.next_at:%Y-%m-%d %H:%M} UTC"
