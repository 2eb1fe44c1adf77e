"""Find the people who may see an opportunity: the rule of `visible_to` from its other side."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from opportunities.access.permissions import VIEW
from opportunities.access.roles import READS_ALL, Opportunity, Role, covers_today
from opportunities.access.sales_owner import key_in


def people_who_see(opportunity: Opportunity) -> Any:
    return _who_see(
        Value(opportunity.assigned_sa_id),
        Value(opportunity.practice),
        Value(opportunity.sales_owner or ""),
    )


def who_see_one_of(opportunity: str, outer: Any) -> Any:
    """Return those who see the row that `opportunity` names of an outer query; see people_who_see.

    Args:
        outer: OuterRef; the way to the columns is written in front of their names.
    """
    names = ("assigned_sa", "practice", "sales_owner")
    return _who_see(*(outer(f"{opportunity}__{name}") for name in names))


def _who_see(assigned_sa: Any, practice: Any, sales_owner: Any) -> Any:
    people = User.objects.with_perm(VIEW)
    if not settings.RESTRICT_VISIBILITY:
        return people
    stands_in = Q(covers__user=assigned_sa) | Q(
        covers__user__practice_memberships__practice=practice,
        covers__user__practice_memberships__is_lead=True,
        covers__user__groups__name=Role.LEAD,
    )
    return (
        people.annotate(covers=covers_today())
        .filter(
            Q(is_superuser=True)
            | Q(groups__name__in=READS_ALL)
            | Q(pk=assigned_sa)
            | Q(covers__user__is_active=True) & stands_in
            | Q(practice_memberships__practice=practice)
            | Q(Exact(key_in("profile__crm_owner_name"), Lower(sales_owner)))
        )
        .distinct()
    )
