"""Q filters shared by lists and counts."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import F, Q
from django.utils.timezone import localdate

from opportunities import extensions
from opportunities.access.sales_owner import sold_by
from opportunities.domain.deadlines import CLOCKED
from opportunities.domain.policy import policy
from opportunities.domain.states import BEFORE_SUBMISSION, DECIDED, OPEN_WORK, WorkflowStatus
from opportunities.models.mention import Mention
from opportunities.models.people import Watch

S = WorkflowStatus
EVERY, NONE = Q(), Q(pk__in=())
PRESENT = Q(removed_in_crm_at=None)
# A removed opportunity waits for nobody; the orphan queue has those with work.
UNASSIGNED = Q(workflow_status=S.NEW) & PRESENT
IN_ASSESSMENT = Q(workflow_status__in=OPEN_WORK)
IN_REVIEW = Q(workflow_status=S.IN_REVIEW)
IS_DECIDED = Q(workflow_status__in=DECIDED)
ON_HOLD = Q(workflow_status=S.ON_HOLD)
CLOSED = Q(workflow_status=S.CLOSED_IN_CRM)
OPEN = ~CLOSED & PRESENT
# Closed before the first load: nobody here could have done anything about them.
SEEN_CLOSED = CLOSED & Q(status_entered_at__lte=F("first_seen_at"))
# Unless it was assigned anew after the first answer.
ANSWERED = Q(assigned_at__lte=F("first_assessment_at"))
UNDECIDED = (*BEFORE_SUBMISSION, S.IN_REVIEW)
WORK_AT_STAKE = (*OPEN_WORK, S.IN_REVIEW, S.CONDITIONAL, S.ON_HOLD)


def in_state(state: WorkflowStatus) -> Q:
    return Q(workflow_status=state)


def my_queue(user_id: int | None) -> Q:
    return queue_of((user_id,))


def queue_of(user_ids: Collection[int | None]) -> Q:
    return IN_ASSESSMENT & Q(assigned_sa__in=user_ids)


def mine(user_id: int | None, crm_owner_name: str) -> Q:
    """Select what this person has as its SA, or sells."""
    return Q(assigned_sa=user_id) | sold_by(crm_owner_name)


def mentioned(user: Any) -> Q:
    """Select what has a comment that mentions them and that they have not seen."""
    return Q(remote_id__in=Mention.objects.unseen_by(user).values("event__opportunity"))


def watched(user: Any) -> Q:
    return Q(pk__in=Watch.objects.filter(user=user).values("opportunity"))


def overdue(now: datetime) -> Q:
    return Q(workflow_status__in=CLOCKED, due_at__lt=now)


def due_soon(now: datetime) -> Q:
    return Q(workflow_status__in=CLOCKED, due_at__gte=now, due_soon_at__lte=now)


def passed(begin: datetime, end: datetime) -> list[Q]:
    """Match what became overdue or due soon, or left the orphans, from one moment to another."""
    kept = timedelta(days=policy.ORPHAN_DAYS)
    left = {"status_entered_at__gte": begin - kept, "status_entered_at__lt": end - kept}
    return [
        Q(workflow_status__in=CLOCKED, due_at__gte=begin, due_at__lt=end),
        Q(workflow_status=S.CONDITIONAL, due_soon_at__gt=begin, due_soon_at__lte=end),
        CLOSED & Q(status_before_close__in=WORK_AT_STAKE, **left),
    ]


def _bid_due_soon(now: datetime) -> Q:
    soon = localdate(now) + timedelta(days=policy.ATTENTION_DAYS)
    return Q(workflow_status__in=UNDECIDED, bid_due_on__lte=soon)


# Why a lead or a bid manager has to look after it.
ATTENTION_REASONS: dict[str, Callable[[datetime], Q]] = {
    "unassigned": lambda now: Q(workflow_status=S.NEW) & overdue(now),
    "review": lambda now: IN_REVIEW & overdue(now),
    "bid_due": _bid_due_soon,
    "conditions": lambda now: Q(workflow_status=S.CONDITIONAL) & (overdue(now) | due_soon(now)),
    "hold": lambda now: ON_HOLD & Q(hold_review_on__lte=localdate(now)),
    "requalify": lambda now: Q(needs_requalification=True),
    "reopened": lambda now: Q(is_reopened=True),
    # The states again, for the index of states.
    "left": lambda now: (
        Q(workflow_status__in=WORK_AT_STAKE)
        & (held_by(is_active=False) | IN_ASSESSMENT & Q(assigned_sa=None))
    ),
}


def attention_reason(name: str, now: datetime) -> Q:
    return PRESENT & ~CLOSED & ATTENTION_REASONS[name](now)


def held_by(**person: Any) -> Q:
    """Select work that waits for such a person, as the assigned SA or for an open condition."""
    is_work = IN_ASSESSMENT | ON_HOLD & Q(status_before_hold__in=OPEN_WORK)
    # By ids: across a join PostgreSQL can use no index for a part of an OR.
    is_theirs = Q(assigned_sa__in=User.objects.filter(**person).values("pk"))
    owned = reduce(or_, (Q(pk__in=ids(**person)) for ids in extensions.open_conditions.all()), NONE)
    return is_work & is_theirs | owned


def decision_wanted() -> Q:
    """Select what is worth enough to need a decision, each in its own currency."""
    limits = policy.DECISION_REQUIRED_MIN_VALUE.items()
    worth = (Q(currency__iexact=currency, deal_value__gte=least) for currency, least in limits)
    return reduce(or_, worth, NONE)


def within(limits: Mapping[str, Decimal]) -> Q:
    """Select what is worth no more than its currency's limit; everything where there are none."""
    worth = (
        Q(currency__iexact=currency, deal_value__lte=most) for currency, most in limits.items()
    )
    # Not EVERY, which says nothing: negated or joined by OR it would be left out.
    return reduce(or_, worth, NONE) if limits else ~NONE


def needs_attention(now: datetime) -> Q:
    return any_by_index(*attention_reasons(now))


def attention_reasons(now: datetime) -> list[Q]:
    return [attention_reason(name, now) for name in ATTENTION_REASONS]


def any_by_index(*wanted: Q) -> Q:
    """Select what fits one of these, each found by an index of its own.

    Of a long OR PostgreSQL can neither tell how many rows it fits nor use an index.
    """
    rows = apps.get_model("opportunities", "Opportunity")._default_manager.order_by().values("pk")
    first, *others = (rows.filter(each) for each in wanted)
    return Q(pk__in=first.union(*others))


def viewed(user: Any) -> Q:
    looks = apps.get_model("opportunities", "LastLook")._default_manager.filter(user=user)
    return Q(pk__in=looks.values("opportunity"))


def orphans(now: datetime) -> Q:
    """Select unfinished work on what was removed or closed in the CRM.

    Closed ones drop out after ORPHAN_DAYS: nobody can do anything more about them.
    """
    since = now - timedelta(days=policy.ORPHAN_DAYS)
    removed = ~PRESENT & Q(workflow_status__in=WORK_AT_STAKE)
    closed = CLOSED & Q(status_before_close__in=WORK_AT_STAKE, status_entered_at__gte=since)
    return removed | closed
