"""Define what waits for a person, section by section; each is a filter of the list.

Apps above add their sections at `extensions.for_you`.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from opportunities import extensions
from opportunities.access.roles import Role, UserAccess, access_of
from opportunities.access.sales_owner import sold_by
from opportunities.domain.states import Right, WorkflowStatus
from opportunities.lists.counting import CountUpTo, RowCount, told
from opportunities.lists.figures import ATTENTION
from opportunities.lists.presentation import person
from opportunities.lists.sorting import order
from opportunities.models import Opportunity, conditions
from opportunities.models.querysets import OpportunityQuerySet

ROWS_SHOWN = 5


@dataclass(frozen=True)
class Section:
    place: int
    """Orders the sections, the most urgent first."""
    name: str
    """Its value in the list's address."""
    label: str
    hint: str
    """What to know or do where it is empty."""
    condition: Callable[[User], Q]
    """May use what `with_last_look()` annotates."""
    roles: frozenset[Role] = frozenset()
    """Who is shown it; everybody where there are none."""
    why: Callable[[User], Any] = lambda user: Value("")
    """Return what says of each row why it is here, where the label does not."""

    def is_for(self, access: UserAccess) -> bool:
        return not self.roles or any(access.has(role) for role in self.roles)

    def of(self, rows: OpportunityQuerySet, user: User) -> OpportunityQuerySet:
        return rows.filter(self.condition(user))


@dataclass(frozen=True)
class FilledSection:
    section: Section
    counted: RowCount
    rows: Sequence[Opportunity]


class Found(NamedTuple):
    section: Section
    counted: RowCount
    first: list[tuple[int, str]]
    """Id of each row, and why it is here."""


def _queue(user: User) -> Q:
    """Select what this person has as its SA, or as the deputy of its SA."""
    return conditions.queue_of(access_of(user).queues)


def _overdue(user: User) -> Q:
    return _queue(user) & conditions.overdue(timezone.now())


def _returned(user: User) -> Q:
    return _queue(user) & conditions.in_state(WorkflowStatus.RETURNED)


def _to_do(user: User) -> Q:
    is_in_time = Q(due_at=None) | Q(due_at__gte=timezone.now())
    others = ~conditions.in_state(WorkflowStatus.RETURNED)
    return _queue(user) & others & is_in_time


def _unassigned(user: User) -> Q:
    return conditions.UNASSIGNED & Q(practice__in=access_of(user).practices_run)


def _attention(user: User) -> Q:
    return conditions.needs_attention(timezone.now())


def _attention_reason(user: User) -> Case:
    now = timezone.now()
    reasons = [When(each.condition(now), then=Value(each.label)) for each in ATTENTION]
    return Case(*reasons, default=Value(""))


def _sold(user: User) -> Q:
    return sold_by(access_of(user).crm_owner_name) & conditions.OPEN


def _changed(user: User) -> Q:
    return conditions.mine(user.pk, access_of(user).crm_owner_name) & _unseen(user)


def _watched(user: User) -> Q:
    return conditions.watched(user) & _unseen(user)


def _unseen(user: User) -> Q:
    """Match what changed since they viewed it; first what they viewed, which is little."""
    return conditions.viewed(user) & Q(is_changed_since=True)


SA, SALES = frozenset({Role.SA}), frozenset({Role.SALES_OWNER})
SECTIONS = (
    Section(20, "overdue", "Overdue", "None of your deals is past its due date.", _overdue, SA),
    Section(30, "returned", "Returned to you", "No deal has been returned to you.", _returned, SA),
    Section(
        50,
        "unassigned",
        "Unassigned in your practices",
        "Every deal in your practices has an SA.",
        _unassigned,
        frozenset({Role.LEAD}),
    ),
    Section(
        60,
        "attention",
        "Needs attention",
        "Nothing is stuck, and no deadline is close.",
        _attention,
        frozenset({Role.BID_MANAGER}),
        _attention_reason,
    ),
    Section(70, "mentions", "Mentions of you", "Nobody has mentioned you.", conditions.mentioned),
    Section(
        90,
        "watched",
        "Watched deals that changed",
        "Nothing has changed. To follow a deal here, choose Watch on its page.",
        _watched,
    ),
    Section(
        80,
        "changed",
        "Changed since you looked",
        "Nothing has changed since you last looked.",
        _changed,
        SA | SALES,
    ),
    Section(
        100,
        "to_do",
        "Your other open work",
        "Nothing else is assigned to you. Ask your SA lead, or browse the inbox.",
        _to_do,
        SA,
    ),
    Section(
        110,
        "sold",
        "Your deals",
        "You own no open deals in the CRM. If that is wrong, ask an administrator to "
        "check your name in the CRM.",
        _sold,
        SALES,
    ),
)


def sections() -> list[Section]:
    return sorted(extensions.for_you.all(), key=attrgetter("place"))


def for_you(rows: OpportunityQuerySet, user: User) -> list[FilledSection]:
    """Fill the sections of this person: one query for each, and two for all that they show.

    Args:
        rows: all that they may see.
    """
    access, looked_at = access_of(user), rows.with_last_look(user)
    found = [_found(each, looked_at, user) for each in sections() if each.is_for(access)]
    shown = rows.for_api(user).with_unseen_changes(user)
    deals = shown.in_bulk({pk for each in found for pk, _ in each.first})
    return [FilledSection(each.section, each.counted, _rows(each, deals, access)) for each in found]


def _found(section: Section, rows: OpportunityQuerySet, user: User) -> Found:
    """Find its rows by what little they are sorted by, as a page of the list does."""
    found = section.of(rows, user)
    counted = found.annotate(why=section.why(user), in_section=CountUpTo(found))
    first = counted.order_by(order("next_date"), "-id").values_list("pk", "why", "in_section")
    shown = list(first[:ROWS_SHOWN])
    number = shown[0][2] if shown else 0
    may_estimate = access_of(user).sees_everything
    count = told(number, found, may_estimate=may_estimate)
    return Found(section, count, [(pk, why) for pk, why, _ in shown])


def _rows(found: Found, deals: Mapping[int, Opportunity], access: UserAccess) -> list[Any]:
    """Return what this section shows of them; some may have gone since they were found."""
    # Another section may show the same ones for another reason.
    rows: list[Any] = [copy(deals[pk]) for pk, _ in found.first if pk in deals]
    reasons = dict(found.first)
    for row in rows:
        row.why = reasons[row.pk]
        if found.section.roles & {Role.SA, Role.LEAD}:
            _say_whose(row, access)
    return rows


def _say_whose(row: Any, access: UserAccess) -> None:
    """Say for whom a deputy has it, where nothing else says why it is here."""
    led = None if access.leads(row) else access.away_with(Right.LEAD, row)
    away = access.away_with(Right.ASSIGNEE, row) or led
    if away and not row.why:
        row.why = f"For {person(away.user)}, who is away"
