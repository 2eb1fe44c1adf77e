"""Who sees which opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

if TYPE_CHECKING:
    from opportunities.roles import Standing

EVERYTHING = Q()


def in_sight_of(standing: Standing) -> Q:
    """Everything, or with NARROW_VISIBILITY their own and their practices'."""
    if not settings.NARROW_VISIBILITY or standing.reads_all:
        return EVERYTHING
    own = Q(assigned_sa=standing.user.pk) | Q(practice__in=standing.practices)
    if standing.crm_owner_name:
        own |= Q(sales_owner__iexact=standing.crm_owner_name)
    return own
