"""Store what reviewers ask about criteria, what is replied, and whether it is settled."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from assessments.models.assessment import Assessment
from assessments.models.immutable import ImmutableModel
from assessments.models.template import Criterion


class ThreadState(models.TextChoices):
    OPEN = "OPEN", "Open"
    ADDRESSED = "ADDRESSED", "Addressed"
    SETTLED = "SETTLED", "Settled"


class ReviewMessage(ImmutableModel):
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text


class ReviewThread(ReviewMessage):
    """A reviewer's comment on one criterion of a returned version; only its state moves."""

    FREE_FIELDS = frozenset({"state", "settled_by", "settled_at"})

    assessment = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        related_name="review_threads",
        help_text="The version it was raised on.",
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=ThreadState, default=ThreadState.OPEN)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "assessment_review_threads"
        ordering: ClassVar = ["id"]


class ReviewReply(ReviewMessage):
    """A reply to a reviewer's comment."""

    thread = models.ForeignKey(ReviewThread, on_delete=models.PROTECT, related_name="replies")

    class Meta:
        db_table = "assessment_review_replies"
        ordering: ClassVar = ["id"]
