"""Load a person's roles, and tell what they allow on an opportunity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import FilteredRelation, Q, TextChoices
from django.http import HttpRequest
from django.utils import timezone

from opportunities.access.permissions import COMMENT, WORK_ON
from opportunities.access.sales_owner import key_of
from opportunities.domain.states import DESK, Right


class Role(TextChoices):
    """A role; the value is the name of its group."""

    SA = "SA", "SA"
    LEAD = "SA lead", "SA lead"
    BID_MANAGER = "Bid manager", "Bid manager"
    SALES_OWNER = "Sales owner", "Sales owner"
    VIEWER = "Viewer", "Viewer"
    ADMINISTRATOR = "Administrator", "Administrator"
    AUDITOR = "Auditor", "Auditor"


READS_ALL = frozenset({Role.BID_MANAGER, Role.VIEWER, Role.ADMINISTRATOR, Role.AUDITOR})
ROLE_OF = {
    Right.LEAD: Role.LEAD,
    Right.BID_MANAGER: Role.BID_MANAGER,
    Right.SOLUTION_ARCHITECT: Role.SA,
    Right.ASSIGNEE: Role.SA,
    Right.SUBMITTER: Role.SA,
    Right.SYSTEM: None,
}
CACHE = "_bqs_access"
# Also the id of a deleted user.
USER_ID = re.compile(r"[0-9]{1,18}", re.ASCII)


class Opportunity(Protocol):
    """An opportunity as far as rights depend on it; the model itself stands above."""

    practice: str | None
    assigned_sa_id: int | None
    sales_owner: str | None


@dataclass(frozen=True)
class Away:
    """Name somebody who is away today, their roles, and the practices that they lead."""

    user: User
    roles: frozenset[str]
    practices_led: frozenset[str]

    def has_work(self, right: Right, opportunity: Opportunity) -> bool:
        """Return whether this right is theirs on an opportunity, so that a deputy may use it."""
        if ROLE_OF[right] not in self.roles:
            return False
        match right:
            case Right.LEAD:
                return opportunity.practice in self.practices_led
            case Right.ASSIGNEE | Right.SUBMITTER:
                return opportunity.assigned_sa_id == self.user.pk
        return False


@dataclass(frozen=True)
class UserAccess:
    """A person's access to any opportunity; being an administrator adds nothing."""

    user: User
    roles: frozenset[str] = frozenset()
    practices: frozenset[str] = frozenset()
    practices_led: frozenset[str] = frozenset()
    crm_owner_name: str = ""
    away: tuple[Away, ...] = ()
    """Those whose deputy this person is today."""

    @property
    def reads_all(self) -> bool:
        return self.user.is_superuser or bool(READS_ALL & self.roles)

    @property
    def sees_everything(self) -> bool:
        """Return whether nothing is hidden from this reader, not even totals."""
        return self.reads_all or not settings.RESTRICT_VISIBILITY

    @cached_property
    def may_work(self) -> bool:
        """Return whether roles count: those of people who left do not."""
        return self.user.has_perm(WORK_ON)

    def has(self, role: Role) -> bool:
        return role in self.roles

    def leads(self, opportunity: Opportunity) -> bool:
        return self.has(Role.LEAD) and opportunity.practice in self.practices_led

    def is_assigned(self, opportunity: Opportunity) -> bool:
        return self.has(Role.SA) and opportunity.assigned_sa_id == self.user.pk

    def runs_desk_for(self, opportunity: Opportunity) -> bool:
        return any(self.holds(right, opportunity) for right in DESK)

    def owns(self, opportunity: Opportunity) -> bool:
        name = key_of(self.crm_owner_name)
        return bool(name) and name == key_of(opportunity.sales_owner)

    @property
    def queues(self) -> set[int]:
        """Return whose assigned work is theirs to do: their own, and of those away."""
        return {self.user.pk, *(each.user.pk for each in self.away)}

    @property
    def practices_run(self) -> frozenset[str]:
        """Return the practices that they lead, or stand in for the lead of."""
        return self.practices_led.union(*(each.practices_led for each in self.away))

    def reaches(self, opportunity: Opportunity) -> bool:
        """Tell of a row at hand what `visible_to` asks the database, the permission aside."""
        is_own = opportunity.assigned_sa_id in self.queues or self.owns(opportunity)
        is_near = opportunity.practice in self.practices | self.practices_run
        return self.sees_everything or is_own or is_near

    def holds(self, right: Right, opportunity: Opportunity) -> bool:
        return self._holds_alone(right, opportunity) or bool(self.away_with(right, opportunity))

    def stands_in_for(self, rights: Iterable[Right], opportunity: Opportunity) -> User | None:
        """Return who is away and whose right they need, as they hold none of these themselves."""
        rights = tuple(rights)
        if any(self._holds_alone(right, opportunity) for right in rights):
            return None
        found = (self.away_with(right, opportunity) for right in rights)
        return next((each.user for each in found if each), None)

    def away_with(self, right: Right, opportunity: Opportunity) -> Away | None:
        """Return who is away and has this right; their deputy needs the same role."""
        if ROLE_OF[right] not in self.roles:
            return None
        return next((each for each in self.away if each.has_work(right, opportunity)), None)

    def _holds_alone(self, right: Right, opportunity: Opportunity) -> bool:
        match right:
            case Right.LEAD:
                return self.leads(opportunity)
            # Nobody can reassign it while it is in review: the submitter is the assignee.
            case Right.ASSIGNEE | Right.SUBMITTER:
                return self.is_assigned(opportunity)
        return ROLE_OF[right] in self.roles

    def holds_any(self, rights: Iterable[Right], opportunity: Opportunity) -> bool:
        return self.may_work and any(self.holds(right, opportunity) for right in rights)

    def could_hold_any(self, rights: Iterable[Right]) -> bool:
        """Return whether it may hold one of them for some opportunity."""
        return self.may_work and any(ROLE_OF[right] in self.roles for right in rights)

    def may_comment(self, opportunity: Opportunity) -> bool:
        """Allow people who work on bids, and the sales owner on their own; viewers only read."""
        works = self.roles & {Role.SA, Role.LEAD, Role.BID_MANAGER}
        is_owner = self.has(Role.SALES_OWNER) and self.owns(opportunity)
        return self.user.has_perm(COMMENT) and (bool(works) or is_owner)

    def may_write_notes(self, opportunity: Opportunity) -> bool:
        return self.holds_any((Right.ASSIGNEE, *DESK), opportunity)


def access_of(user: Any) -> UserAccess:
    """Load a user's access in one query, once for each user object."""
    if not getattr(user, "is_authenticated", False):
        raise ValueError("Nobody is signed in, so nobody has access.")
    if not hasattr(user, CACHE):  # Lists ask for it several times a row.
        load_accesses([user])
    return cast(UserAccess, getattr(user, CACHE))


def user_of(request: HttpRequest) -> User:
    """Return the user of a view that requires a sign-in."""
    if not isinstance(request.user, User):
        raise ValueError("Nobody is signed in.")
    return request.user


OWN = (
    "groups__name",
    "practice_memberships__practice",
    "practice_memberships__is_lead",
    "profile__crm_owner_name",
)
OF_THE_ABSENT = (
    *("pk", "username", "first_name", "last_name", "is_active"),
    *("groups__name", "practice_memberships__practice", "practice_memberships__is_lead"),
)


def load_accesses(users: Iterable[Any]) -> None:
    """Load for all of them at once what access_of() returns, in one join."""
    waiting = {user.pk: user for user in users if not hasattr(user, CACHE)}
    if not waiting:
        return
    people = User.objects.filter(pk__in=waiting).annotate(covers=covers_today())
    names = ("pk", *OWN, *(f"covers__user__{name}" for name in OF_THE_ABSENT))
    rows: defaultdict[int, list[Any]] = defaultdict(list)
    for pk, *row in people.values_list(*names):
        rows[pk].append(row)
    for pk, user in waiting.items():
        setattr(user, CACHE, _access(user, rows[pk]))


def _access(user: User, rows: list[Any]) -> UserAccess:
    """Read it off the join; people have few groups, few practices, and hardly stand in."""
    return UserAccess(
        user,
        roles=frozenset(role for role, *_ in rows if role),
        practices=frozenset(practice for _, practice, *_ in rows if practice),
        practices_led=frozenset(practice for _, practice, leads, *_ in rows if leads),
        crm_owner_name=rows[0][3] or "" if rows else "",
        away=tuple(_away(row[len(OWN) :] for row in rows)),
    )


def covers_today() -> FilteredRelation:
    """Join the absences of today for which somebody is the deputy."""
    today = timezone.localdate()
    is_today = Q(covered_absences__starts__lte=today, covered_absences__ends__gte=today)
    return FilteredRelation("covered_absences", condition=is_today)


def _away(rows: Iterable[tuple[Any, ...]]) -> Iterator[Away]:
    """Yield each person away once; who has left, or leads no more, has no work to pass on."""
    found: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for *person, is_active, role, practice, leads in rows:
        if is_active:
            found[tuple(person)].append((role, practice if leads and role == Role.LEAD else None))
    for (pk, username, first, last), pairs in found.items():
        user = User(pk=pk, username=username, first_name=first, last_name=last)
        roles, practices = (frozenset(filter(None, column)) for column in zip(*pairs, strict=True))
        yield Away(user, roles, practices)


def people_with(role: Role) -> Any:
    """Return the active people of a role, by name."""
    return User.objects.filter(is_active=True, groups__name=role).order_by("username__in_order")


def is_sa(user: User) -> bool:
    return user.is_active and user.groups.filter(name=Role.SA).exists()
