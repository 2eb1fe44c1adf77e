"""Keep each version of the policy; the newest one is in force."""

import logging
from collections.abc import Mapping
from time import monotonic
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import models, transaction
from django.utils import timezone

from audit.models import AppendOnly
from opportunities.domain.policy import values_of

log = logging.getLogger(__name__)


class PolicyVersion(AppendOnly):
    """Hold what administrators decided at a time, in place of the settings."""

    values = models.JSONField(
        default=dict, help_text="A text for each name, in the form that the setting has."
    )
    changes = models.JSONField(default=dict, help_text="Name: text before and after.")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was changed.")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "policy_versions"
        default_permissions = ("view", "add")
        verbose_name = "policy"
        verbose_name_plural = "policy"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"version {self.pk}"

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        transaction.on_commit(self._count_here)

    def _count_here(self) -> None:
        """Let it count in this process at once; others read it within POLICY_FRESH_S."""
        global _read
        _read = _Read(monotonic(), values_of(self.values))


class _Read(NamedTuple):
    at: float
    values: Mapping[str, Any]


NEVER = _Read(float("-inf"), {})
_read = NEVER


def forget() -> None:
    """Read the policy again before it is next asked for."""
    global _read
    _read = NEVER


def decided() -> Mapping[str, Any]:
    """Return what is decided now, as the database said within the last seconds.

    Where the database does not answer, what was known last goes on.
    """
    global _read
    if monotonic() - _read.at > settings.POLICY_FRESH_S:
        _read = _Read(monotonic(), _stored())
    return _read.values


def _stored() -> Mapping[str, Any]:
    try:
        # A failure must not spoil the transaction of whoever asks.
        with transaction.atomic():
            texts = PolicyVersion.objects.values_list("values", flat=True).first()
    except DatabaseFailure as error:
        log.warning("The policy could not be read: %s", error)
        return _read.values
    return values_of(texts or {})
