"""Models of an account: API tokens, saved views, preferences, role requests, sign-in attempts."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ApiToken(models.Model):
    """Lets a program in as its owner. Only a digest is stored, so nobody can read it here."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=100, help_text="What it is for.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    beginning = models.CharField(
        max_length=12, editable=False, help_text="Of the token, to tell it from others."
    )
    scopes = models.JSONField(default=list, help_text="Of read, write, sync.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(
        null=True, editable=False, help_text="To the minute: not every call is worth a write."
    )
    last_used_from = models.CharField(
        max_length=64, blank=True, editable=False, help_text="The address of the caller."
    )

    class Meta:
        db_table = "api_tokens"
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…) of {self.user}"

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at <= now


class SavedView(models.Model):
    """A list of opportunities as somebody likes it: filters, order and columns, by a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(max_length=100)
    query = models.CharField(
        max_length=2000, blank=True, help_text="Of the list's address: filters, tab and ordering."
    )
    columns = models.JSONField(default=list, blank=True, help_text="Names, in their order.")
    is_shared = models.BooleanField(default=False, help_text="Everybody can use it.")
    is_default = models.BooleanField(default=False, help_text="What the owner's list begins with.")
    position = models.PositiveIntegerField(default=0)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        db_table = "saved_views"
        ordering: ClassVar = ["position", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="view_name_once"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="view_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Preferences(models.Model):
    """A person's settings of the page, which the server stores and does not interpret."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    kept = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "preferences"
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"of {self.user}"


class IdempotencyKey(models.Model):
    """A key that somebody sent with a write, and what was answered; bound by nothing before."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="idempotency_keys"
    )
    key = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    fingerprint = models.CharField(max_length=64, help_text="Of method, address and body.")
    status = models.PositiveSmallIntegerField(null=True, help_text="Null until it is answered.")
    headers = models.JSONField(default=dict)
    body = models.TextField()

    class Meta:
        db_table = "idempotency_keys"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.user}"


class RequestState(models.TextChoices):
    OPEN = "OPEN", "Waits for a second person"
    APPROVED = "APPROVED", "Approved"
    REJECTED = "REJECTED", "Rejected"


class RoleRequest(models.Model):
    """Roles that one administrator asked for, which a second one has to approve."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_requests"
    )
    roles = models.ManyToManyField(Group, help_text="To be added.", related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.OPEN)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "role_requests"
        ordering: ClassVar = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"roles of {self.person}"


class SignInTries(models.Model):
    """Failed sign-ins by a name or from an address, and the time of the next attempt allowed."""

    key = models.CharField(
        primary_key=True, max_length=100, help_text="What is counted, and a digest of whose."
    )
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(db_index=True)
    is_known = models.BooleanField(
        default=False, help_text="A place that the person signed in at: strangers do not slow it."
    )

    class Meta:
        db_table = "sign_in_tries"
        verbose_name_plural = "sign-in tries"

    def __str__(self) -> str:
        return self.key
