"""Store what a person is told in the page."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from opportunities.access.roles import access_of
from opportunities.models import Opportunity
from outbox.models import MOST_OF_A_SUBJECT, Event


class BellEntryQuerySet(models.QuerySet["BellEntry"]):
    def of(self, user: User) -> Self:
        """Return their own, without those of deals that they may no longer see."""
        seen = Opportunity.objects.visible_to(access_of(user)).values("pk")
        return self.filter(Q(deal=None) | Q(deal__in=seen), user=user)


class BellEntry(models.Model):
    """An event that somebody is told by the bell; it goes with its event."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    deal = models.ForeignKey(Opportunity, on_delete=models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=MOST_OF_A_SUBJECT)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = BellEntryQuerySet.as_manager()

    class Meta:
        db_table = "bell_entries"
        verbose_name_plural = "bell entries"
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "event"], name="bell_rings_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-at"], name="bell_newest_first"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="bell_unread"),
        ]

    def __str__(self) -> str:
        return self.title
