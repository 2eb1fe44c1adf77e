"""Keep whom a comment mentions until they have seen it; its event says it for good."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from opportunities.models.event import OpportunityEvent


class MentionQuerySet(models.QuerySet["Mention"]):
    def unseen_by(self, person: Any) -> "MentionQuerySet":
        return self.filter(person=person, seen_at=None)


class Mention(models.Model):
    """A person named in a comment, and when they saw it."""

    event = models.ForeignKey(OpportunityEvent, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions"
    )
    seen_at = models.DateTimeField(null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        db_table = "mentions"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="mention_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="mention_unseen", condition=Q(seen_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.person}, event {self.event_id}"
