"""The score an opportunity has: that of the version submitted last."""

from decimal import Decimal

from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from assessments.models import Assessment
from assessments.rules import Recommendation
from opportunities.columns import Column, add_columns
from opportunities.querysets import OpportunityQuerySet

SUBMITTED = Assessment.objects.exclude(submitted_at=None)


def _latest(column: str) -> Subquery:
    versions = SUBMITTED.filter(opportunity=OuterRef("pk")).order_by("-version_no")
    return Subquery(versions.values(column)[:1])


LATEST = {
    "latest_score": _latest("score"),
    "latest_best_case": _latest("best_case"),
    "latest_band": _latest("band"),
    "latest_recommendation": _latest("recommendation"),
    # What has no score comes last where the best come first, on every database.
    "score_rank": Coalesce(_latest("score"), Value(Decimal(-1))),
}


def with_band(rows: OpportunityQuerySet, code: str | None) -> OpportunityQuerySet:
    """Those whose latest score is in the band; with None those that have no score."""
    if code is None:
        return rows.exclude(pk__in=SUBMITTED.values("opportunity"))
    later = SUBMITTED.filter(
        opportunity=OuterRef("opportunity"), version_no__gt=OuterRef("version_no")
    )
    in_band = SUBMITTED.filter(~Exists(later), band=code)
    return rows.filter(pk__in=in_band.values("opportunity"))


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
        annotations=LATEST,
    )


def band_in_words(code: str | None) -> str | None:
    return code.capitalize() if code else None


def recommendation_in_words(value: str | None) -> str | None:
    return str(Recommendation(value).label) if value else None
