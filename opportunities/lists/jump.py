"""Choose the opportunities that a person most likely wants to open."""

from django.contrib.auth.models import User
from django.db.models import Case, Value, When

from opportunities.access.roles import access_of
from opportunities.models import conditions
from opportunities.models.querysets import OpportunityQuerySet

MOST = 8


def recently_viewed(rows: OpportunityQuerySet, user: User) -> OpportunityQuerySet:
    """Return what this person viewed last, the latest first."""
    return rows.filter(last_looks__user=user).order_by("-last_looks__at", "-pk")[:MOST]


def best_matches(rows: OpportunityQuerySet, user: User) -> OpportunityQuerySet:
    """Return the person's own open ones first, and what is closed or removed last."""
    is_own = conditions.mine(user.pk, access_of(user).crm_owner_name)
    place = Case(
        When(conditions.OPEN & is_own, then=Value(0)),
        When(conditions.OPEN, then=Value(1)),
        default=Value(2),
    )
    return rows.order_by(place, "-crm_updated_at", "-pk")[:MOST]
