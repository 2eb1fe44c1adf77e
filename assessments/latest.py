"""The score an opportunity has: that of the version submitted last."""

from django.db.models import OuterRef, Subquery

from assessments.models import Assessment
from assessments.rules import Recommendation
from opportunities.columns import Column, add_columns
from opportunities.querysets import OpportunityQuerySet


def with_latest_score(rows: OpportunityQuerySet) -> OpportunityQuerySet:
    """Annotate `latest_score`, `latest_best_case`, `latest_band`, `latest_recommendation`."""
    submitted = Assessment.objects.filter(
        opportunity=OuterRef("pk"), submitted_at__isnull=False
    ).order_by("-version_no")
    return rows.annotate(
        latest_score=Subquery(submitted.values("score")[:1]),
        latest_best_case=Subquery(submitted.values("best_case")[:1]),
        latest_band=Subquery(submitted.values("band")[:1]),
        latest_recommendation=Subquery(submitted.values("recommendation")[:1]),
    )


def register() -> None:
    add_columns(
        Column("score", "Score", lambda deal, now: deal.latest_score),
        Column("best_case", "Best case", lambda deal, now: deal.latest_best_case),
        Column("band", "Band", lambda deal, now: band_in_words(deal.latest_band)),
        Column(
            "recommendation",
            "Recommendation",
            lambda deal, now: recommendation_in_words(deal.latest_recommendation),
        ),
        annotate=with_latest_score,
    )


def band_in_words(code: str | None) -> str | None:
    return code.capitalize() if code else None


def recommendation_in_words(value: str | None) -> str | None:
    return str(Recommendation(value).label) if value else None
