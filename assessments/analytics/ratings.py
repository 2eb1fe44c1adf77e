"""Read the ratings of each opportunity's newest scored version."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from assessments.models import Answer, Assessment
from assessments.scoring.rules import AnswerKind

DEAL = "assessment__opportunity"


def newest_ratings() -> QuerySet[Answer]:
    scored = Assessment.objects.order_by().filter(score__isnull=False)
    later = scored.filter(
        opportunity=OuterRef(DEAL), version_no__gt=OuterRef("assessment__version_no")
    )
    return Answer.objects.order_by().filter(
        ~Exists(later), kind=AnswerKind.RATING, assessment__score__isnull=False
    )


def rated_in(codes: Sequence[str]) -> Any:
    """Return the ids of the opportunities that one of these criteria is rated of."""
    return newest_ratings().filter(criterion__code__in=codes).values(DEAL)
