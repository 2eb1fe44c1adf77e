"""Match people with the sales owner whom the CRM names, in upper or lower case alike.

A blank name owns nothing.
"""

from django.db.models import F, Q, Value
from django.db.models.functions import Lower, NullIf


def key_of(name: str | None) -> str:
    return (name or "").lower()


def key_in(column: str) -> Lower:
    """Return what the database compares with a `key_of()`; null for a blank name."""
    return Lower(NullIf(F(column), Value("")))


def sold_by(crm_owner_name: str) -> Q:
    """Select what the CRM says this person sells."""
    return Q(sales_owner__iexact=crm_owner_name) if crm_owner_name else Q(pk__in=())
