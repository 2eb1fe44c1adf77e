"""Who somebody is here: the roles, and what a person's standing is towards an opportunity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import User
from django.db.models import TextChoices
from django.http import HttpRequest

from opportunities.workflow import Right

if TYPE_CHECKING:
    from opportunities.models import Opportunity


class Role(TextChoices):
    """The value is the name of the group."""

    SA = "SA", "SA"
    LEAD = "SA lead", "SA lead"
    BID_MANAGER = "Bid manager", "Bid manager"
    SALES_OWNER = "Sales owner", "Sales owner"
    VIEWER = "Viewer", "Viewer"
    ADMINISTRATOR = "Administrator", "Administrator"


READS_ALL = frozenset({Role.BID_MANAGER, Role.VIEWER, Role.ADMINISTRATOR})
ROLE_OF = {
    Right.LEAD: Role.LEAD,
    Right.BID_MANAGER: Role.BID_MANAGER,
    Right.SOLUTION_ARCHITECT: Role.SA,
    Right.ASSIGNEE: Role.SA,
    Right.SUBMITTER: Role.SA,
    Right.SYSTEM: None,
}
CACHE = "_bqs_standing"
# Any user's, also of one who is no longer there.
USER_ID = re.compile(r"[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True)
class Standing:
    """What one person may be towards any opportunity; being an administrator adds nothing."""

    user: User
    roles: frozenset[str] = frozenset()
    practices: frozenset[str] = frozenset()
    practices_led: frozenset[str] = frozenset()
    crm_owner_name: str = ""

    @property
    def reads_all(self) -> bool:
        return self.user.is_superuser or bool(READS_ALL & self.roles)

    def has(self, role: Role) -> bool:
        return role in self.roles

    def leads(self, opportunity: Opportunity) -> bool:
        return self.has(Role.LEAD) and opportunity.practice in self.practices_led

    def is_assigned(self, opportunity: Opportunity) -> bool:
        return self.has(Role.SA) and opportunity.assigned_sa_id == self.user.pk

    def runs_desk_for(self, opportunity: Opportunity) -> bool:
        return self.has(Role.BID_MANAGER) or self.leads(opportunity)

    def owns(self, opportunity: Opportunity) -> bool:
        name = self.crm_owner_name.casefold()
        return bool(name) and name == (opportunity.sales_owner or "").casefold()

    def holds(self, right: Right, opportunity: Opportunity) -> bool:
        match right:
            case Right.LEAD:
                return self.leads(opportunity)
            case Right.BID_MANAGER:
                return self.has(Role.BID_MANAGER)
            case Right.SOLUTION_ARCHITECT:
                return self.has(Role.SA)
            case Right.ASSIGNEE:
                return self.is_assigned(opportunity)
            case Right.SUBMITTER:
                # While it is in review nobody can reassign it, so it is the assigned one.
                return self.is_assigned(opportunity)
        return False

    def holds_any(self, rights: Iterable[Right], opportunity: Opportunity) -> bool:
        return self.user.is_active and any(self.holds(right, opportunity) for right in rights)

    def could_hold_any(self, rights: Iterable[Right]) -> bool:
        """Whether there can be an opportunity at all for which it holds one of them."""
        return self.user.is_active and any(ROLE_OF[right] in self.roles for right in rights)

    def may_comment(self, opportunity: Opportunity) -> bool:
        """Everybody who works on it, and the sales owner on own deals; viewers only read."""
        works = self.roles & {Role.SA, Role.LEAD, Role.BID_MANAGER}
        is_owner = self.has(Role.SALES_OWNER) and self.owns(opportunity)
        return self.user.is_active and (bool(works) or is_owner)

    def may_write_notes(self, opportunity: Opportunity) -> bool:
        if not self.user.is_active:
            return False
        return self.is_assigned(opportunity) or self.runs_desk_for(opportunity)


def standing_of(user: Any) -> Standing:
    """In one query, and none when it was asked for this user object before."""
    if not getattr(user, "is_authenticated", False):
        raise ValueError("Nobody is signed in, so nobody has a standing.")
    if not hasattr(user, CACHE):
        setattr(user, CACHE, _load(user))
    return cast(Standing, getattr(user, CACHE))


def user_of(request: HttpRequest) -> User:
    """Of a view that only lets in who has signed in."""
    if not isinstance(request.user, User):
        raise ValueError("Nobody is signed in.")
    return request.user


def _load(user: User) -> Standing:
    """All in one join; people have few groups and few practices."""
    rows = list(
        User.objects.filter(pk=user.pk).values_list(
            "groups__name",
            "practice_memberships__practice",
            "practice_memberships__is_lead",
            "profile__crm_owner_name",
        )
    )
    return Standing(
        user,
        roles=frozenset(role for role, *_ in rows if role),
        practices=frozenset(practice for _, practice, *_ in rows if practice),
        practices_led=frozenset(practice for _, practice, leads, _ in rows if leads),
        crm_owner_name=rows[0][3] or "" if rows else "",
    )


def people_with(role: Role) -> Any:
    """Active people of a role, by name."""
    return User.objects.filter(is_active=True, groups__name=role).order_by("username__in_order")


def is_sa(user: User) -> bool:
    return user.is_active and user.groups.filter(name=Role.SA).exists()
