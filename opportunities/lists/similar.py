"""Find earlier deals to learn from: of the same customer first, then of the same kind and size."""

from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, Value, When

from opportunities.access.roles import UserAccess
from opportunities.models import Opportunity
from opportunities.models.conditions import NONE
from opportunities.models.querysets import OpportunityQuerySet

MOST = 5
SMALLEST, LARGEST = Decimal("0.5"), Decimal(2)
"""Of a deal's value; in its own currency."""


def similar_to(opportunity: Opportunity, access: UserAccess) -> OpportunityQuerySet:
    """Return the most similar ones that this person may see; decided ones before open ones."""
    same_customer = Q(customer=opportunity.customer) if opportunity.customer else NONE
    rows: Any = Opportunity.objects.visible_to(access).exclude(pk=opportunity.pk)
    found = rows.filter(same_customer | _same_kind(opportunity)).annotate(
        is_same_customer=Case(When(same_customer, then=Value(True)), default=Value(False))
    )
    newest = F("crm_updated_at").desc(nulls_last=True)
    decided = F("decided_at").desc(nulls_last=True)
    ordered = found.order_by("-is_same_customer", decided, newest, "-pk")
    similar: OpportunityQuerySet = ordered[:MOST]
    return similar


def _same_kind(opportunity: Opportunity) -> Q:
    """Select the practice with a value from half to double; NONE where either is not known."""
    value = opportunity.deal_value
    if not (opportunity.practice and value and opportunity.currency):
        return NONE
    return Q(
        practice=opportunity.practice,
        currency=opportunity.currency,
        deal_value__gte=value * SMALLEST,
        deal_value__lte=value * LARGEST,
    )
