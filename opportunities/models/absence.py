"""Keep who is away on which days, and who has their work meanwhile."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from opportunities.access.roles import Role, access_of

WORKING = frozenset({Role.SA, Role.LEAD, Role.BID_MANAGER})
"""Roles whose work a deputy can only do with the same role."""


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def during(self, starts: date, ends: date) -> Self:
        return self.filter(starts__lte=ends, ends__gte=starts)

    def today(self) -> Self:
        return self.during(timezone.localdate(), timezone.localdate())


class Absence(models.Model):
    """Days on which somebody is away, and a deputy has their work."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="covered_absences"
    )
    starts = models.DateField("first day")
    ends = models.DateField("last day", help_text="In the time zone of the site.")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        db_table = "absences"
        ordering: ClassVar = ["starts", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="absence_ends_later",
                violation_error_message="Choose a last day on or after the first day.",
            ),
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="absence_not_own_deputy",
                violation_error_message="Choose someone else as the deputy.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.starts} to {self.ends}"

    def clean(self) -> None:
        """Refuse a second absence at a time, a deputy's deputy, and one without the roles."""
        if not (self.starts and self.ends and self.user_id and self.deputy_id):
            return
        # Both are locked, so that two absences at once cannot make a chain of deputies.
        people = User.objects.filter(pk__in=(self.user_id, self.deputy_id)).order_by("pk")
        list(people.select_for_update())
        others = Absence.objects.during(self.starts, self.ends).exclude(pk=self.pk)
        if others.filter(user=self.user).exists():
            raise ValidationError({"starts": "There is an absence on some of these days already."})
        if others.filter(user=self.deputy).exists():
            raise ValidationError({"deputy": "The deputy is away on some of these days."})
        if others.filter(deputy=self.user).exists():
            sentence = "Whoever stands in for someone on these days cannot be away on them."
            raise ValidationError({"starts": sentence})
        if missing := (access_of(self.user).roles & WORKING) - access_of(self.deputy).roles:
            roles = " and ".join(sorted(missing))
            raise ValidationError({"deputy": f"The deputy needs the same role: {roles}."})
