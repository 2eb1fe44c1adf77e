"""Audit events around the opportunities, and seals over them; neither is ever changed."""

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone


class AuditIsAppendOnly(TypeError):
    """Raised by an attempt to change or remove a row on record."""

    def __init__(self) -> None:
        super().__init__("What is on record is never changed or deleted. Add a new row instead.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> NoReturn:
        raise AuditIsAppendOnly

    def delete(self) -> NoReturn:
        raise AuditIsAppendOnly

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        if options.get("update_conflicts"):
            raise AuditIsAppendOnly
        return super().bulk_create(objs, *args, **options)


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AuditIsAppendOnly
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AuditIsAppendOnly


class AuditKind(models.TextChoices):
    """Kinds of events; a new kind needs no migration."""

    SESSION_OPENED = "session.opened", "Signed in"
    SESSION_FAILED = "session.failed", "Sign-in failed"
    SESSION_LOCKED = "session.locked", "Sign-in refused for a time"
    SESSION_CLOSED = "session.closed", "Signed out"
    SESSIONS_ENDED = "sessions.ended", "Signed out everywhere"
    PASSWORD_CHANGED = "password.changed", "Password changed"
    FACTOR_CHANGED = "factor.changed", "Second factor changed"
    TOKEN_MADE = "token.made", "API token made"
    TOKEN_USED_FIRST = "token.used_first", "API token used for the first time"
    TOKEN_REVOKED = "token.revoked", "API token revoked"
    ROLES_CHANGED = "roles.changed", "Roles changed"
    ROLES_ASKED = "roles.asked", "Change of roles asked for"
    ROLES_REFUSED = "roles.refused", "Change of roles refused"
    PERSON_CHANGED = "person.changed", "Account changed"
    CALENDAR_RENEWED = "calendar.renewed", "Address of a calendar renewed"
    ABSENCE_CHANGED = "absence.changed", "Absence changed"
    PERSON_EXPORTED = "person.exported", "Data of a person exported"
    PERSON_ERASED = "person.erased", "Person erased"
    EXPORT_MADE = "export.made", "Exported"
    TEMPLATE_CHANGED = "template.changed", "Template changed"
    POLICY_CHANGED = "policy.changed", "Policy changed"
    RATE_CHANGED = "rate.changed", "Exchange rate changed"
    RULE_CHANGED = "rule.changed", "Rule of notices changed"
    ENDPOINT_CHANGED = "endpoint.changed", "Endpoint of notices changed"
    MESSAGES_REPEATED = "messages.repeated", "Messages sent again"
    SETTINGS_SEEN = "settings.seen", "Other settings seen"
    HEAD_WRITTEN = "head.written", "Head of the seals written outside"


class AuditEvent(AppendOnly):
    """An event around the opportunities: a sign-in, a role, an export, a template, a setting."""

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # By id and without a constraint: what is on record outlives the account.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        help_text="Empty for programs, and for whoever is not known.",
    )
    address = models.CharField(max_length=64, help_text="From where, as it was seen.")
    request_id = models.CharField(max_length=64)
    about_kind = models.CharField(max_length=60, help_text="app.model of what it is about.")
    about_id = models.CharField(max_length=64)
    details = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="No secrets; people by id."
    )

    class Meta:
        db_table = "audit_events"
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="audit_newest_first"),
            models.Index(fields=["kind", "-at"], name="audit_by_kind"),
            models.Index(fields=["about_kind", "about_id"], name="audit_about"),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.at:%Y-%m-%d %H:%M} UTC"

    @property
    def label(self) -> str:
        return str(AuditKind(self.kind).label) if self.kind in AuditKind else self.kind


class Seal(AppendOnly):
    """Holds one row of a trail to its content and to what was sealed before it."""

    position = models.BigIntegerField(primary_key=True, help_text="1, 2, 3 ... without a gap.")
    kind = models.CharField(max_length=20, help_text="Of the source the row is from.")
    key = models.BigIntegerField(help_text="The row's own.")
    chain = models.CharField(max_length=64, help_text="The CRM's id of the deal, or audit.")
    digest = models.CharField(max_length=64, help_text="Of the row.")
    chain_hash = models.CharField(max_length=64, help_text="Of this and its predecessor's.")
    hash = models.CharField(
        max_length=64, help_text="Of this and the hash of the position before, whatever its chain."
    )
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "seals"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="sealed_once")
        ]
        indexes: ClassVar = [models.Index(fields=["chain", "-position"], name="seal_chain_head")]

    def __str__(self) -> str:
        return f"{self.hash[:12]}, {self.sealed_at:%Y-%m-%d %H:%M} UTC"
