"""Store who has which opportunity and practice, and who viewed what when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Assignment(models.Model):
    """An SA's time with an opportunity; the row stays when it has ended."""

    opportunity = models.ForeignKey(
        "opportunities.Opportunity", on_delete=models.CASCADE, related_name="assignments"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "assignments"
        ordering: ClassVar = ["-started_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opportunity"], condition=Q(ended_at=None), name="assignment_one_running"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} since {self.started_at:%Y-%m-%d}"


class PracticeMembership(models.Model):
    """A person's place in a practice, which has the CRM's name, as its lead or not."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_memberships"
    )
    practice = models.CharField(max_length=255)
    is_lead = models.BooleanField("leads it", default=False)

    class Meta:
        db_table = "practice_memberships"
        ordering: ClassVar = ["practice", "user"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "practice"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.practice}{' (lead)' if self.is_lead else ''}"


class Profile(models.Model):
    """A person's data beyond the account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile"
    )
    crm_owner_name = models.CharField(
        "name in the CRM",
        max_length=255,
        blank=True,
        default="",
        help_text="As the CRM writes it as sales owner; makes a sales owner's deals their own.",
    )

    class Meta:
        db_table = "profiles"

    def __str__(self) -> str:
        return str(self.user)


class LastLook(models.Model):
    """A person's last view of an opportunity, to tell what has changed since."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="last_looks"
    )
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", on_delete=models.CASCADE, related_name="last_looks"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "last_looks"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "opportunity"], name="last_look_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%Y-%m-%d %H:%M} UTC"


class Watch(models.Model):
    """A person who wants the notices of an opportunity that is not their own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches"
    )
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", on_delete=models.CASCADE, related_name="watches"
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "watches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "opportunity"], name="watch_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} since {self.since:%Y-%m-%d}"
