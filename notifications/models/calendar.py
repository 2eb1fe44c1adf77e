"""Store what a person's calendar has told, so that it can tell what changed and what went."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class CalendarKey(models.Model):
    """Count how often a person renewed the address of their calendar; only the last one works."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key"
    )
    generation = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "calendar_keys"

    def __str__(self) -> str:
        return f"of {self.user}"


class CalendarEntry(models.Model):
    """A date as a person's calendar shows it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uid = models.CharField(max_length=100)
    starts = models.CharField(max_length=32, help_text="A day, or a moment in UTC, in ISO 8601.")
    title = models.CharField(max_length=600)
    path = models.CharField(max_length=100, help_text="Of its page.")
    sequence = models.PositiveIntegerField(default=0, help_text="Counts its changes.")
    changed_at = models.DateTimeField(default=timezone.now)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        db_table = "calendar_entries"
        verbose_name_plural = "calendar entries"
        ordering: ClassVar = ["starts", "uid"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "uid"], name="calendar_entry_once")
        ]

    def __str__(self) -> str:
        return self.title
