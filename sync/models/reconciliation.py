"""Record each comparison of the whole mirror with Oracle."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from opportunities.access.roles import UserAccess


class ReconciliationQuerySet(models.QuerySet["Reconciliation"]):
    def visible_to(self, access: UserAccess) -> ReconciliationQuerySet:
        """Return all or none: each compares the whole mirror, in no separable parts."""
        return self if access.sees_everything else self.none()


class Reconciliation(models.Model):
    """A certificate: Oracle and the mirror compared, field by field, at one time."""

    taken_at = models.DateTimeField(default=timezone.now)
    is_equal = models.BooleanField()
    figures = models.JSONField(
        help_text="By currency and stage: records and deal values, in the source and here."
    )
    differing = models.JSONField(help_text="CRM id -> what is not the same.")

    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        db_table = "reconciliations"
        ordering: ClassVar = ["-taken_at", "-id"]

    def __str__(self) -> str:
        outcome = "equal" if self.is_equal else f"{len(self.differing):,} records differ"
        return f"{self.taken_at:%Y-%m-%d %H:%M} UTC: {outcome}"
