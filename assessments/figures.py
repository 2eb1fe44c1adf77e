"""What figures on decisions and scores count, and the lists they lead to: one query for both."""

from django.db.models import OuterRef, Q, Subquery

from assessments.models import Decision
from opportunities.querysets import OpportunityQuerySet

OVERRIDE, UNSCORED = "override", "unscored"
WAYS = {
    OVERRIDE: ("Against the computed recommendation", Q(is_deciding_override=True)),
    UNSCORED: ("Without scoring", Q(is_unscored_decision=True)),
}


def with_deciding(rows: OpportunityQuerySet) -> OpportunityQuerySet:
    """Annotate what stands with the decision that counts: the band and whether it overrides.

    Both are None where nothing was decided; the band also where nothing was scored.
    """
    deciding = Decision.objects.filter(opportunity=OuterRef("pk")).order_by("-id")
    return rows.annotate(
        deciding_band=Subquery(deciding.values("assessment__band")[:1]),
        deciding_score=Subquery(deciding.values("assessment__score")[:1]),
        is_deciding_override=Subquery(deciding.values("is_override")[:1]),
    )
