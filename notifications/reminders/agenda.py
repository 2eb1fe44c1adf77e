"""Sum up a person's day: what is overdue or due, and which decisions wait for them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from assessments.decisions.conditions import waiting_conditions
from assessments.decisions.for_you import waiting_for
from notifications.models.preferences import preferences_of
from opportunities.access.roles import access_of
from opportunities.domain.deadlines import CLOCKED
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity, conditions
from opportunities.models.querysets import OpportunityQuerySet

ONE_DAY = timedelta(days=1)
MOST_LINES = 20


class Line(NamedTuple):
    text: str
    note: str
    link: str


class Part(NamedTuple):
    title: str
    lines: list[Line]
    total: int

    @property
    def more(self) -> int:
        """Return how many are left out."""
        return self.total - len(self.lines)


def agenda_of(user: User | None) -> list[Part]:
    """Return the parts that have something in them, with a fixed number of queries."""
    if user is None:
        return []
    zone = preferences_of([user])[user.pk].tzinfo
    today = timezone.now().astimezone(zone).date()
    dated = sorted([*_deals(user, today, zone), *_conditions(user, today), *_holds(user, today)])
    parts = [
        ("Overdue", [line for day, line in dated if day < today]),
        ("Due today", [line for day, line in dated if day == today]),
        ("Due tomorrow", [line for day, line in dated if day > today]),
        ("Waiting for your decision", list(_decisions(user))),
    ]
    return [Part(title, rows[:MOST_LINES], len(rows)) for title, rows in parts if rows]


def _seen(user: User) -> OpportunityQuerySet:
    """Return what they may see; what they own or have as a deputy may be of another deal."""
    return Opportunity.objects.visible_to(access_of(user)).present()


Dated = Iterable[tuple[date, Line]]


def _deals(user: User, today: date, zone: ZoneInfo) -> Dated:
    """Yield what is assigned to them, or to somebody for whom they stand in."""
    end = datetime.combine(today + 2 * ONE_DAY, datetime.min.time(), zone)
    theirs = conditions.queue_of(access_of(user).queues)
    for deal in _seen(user).filter(theirs, workflow_status__in=CLOCKED, due_at__lt=end):
        due_at = deal.due_at or end
        # What is due at midnight is due on the day before.
        last_day = (due_at.astimezone(zone) - timedelta(microseconds=1)).date()
        day = today - ONE_DAY if due_at <= timezone.now() else last_day
        yield day, _line(deal, WorkflowStatus(deal.workflow_status).label)


def _conditions(user: User, today: date) -> Dated:
    owned = waiting_conditions().filter(
        decision__opportunity__in=_seen(user).values("pk"),
        owner__in=access_of(user).queues,
        due_on__lte=today + ONE_DAY,
    )
    for each in owned:
        yield each.due_on, _line(each.decision.opportunity, f"Condition: {each.text}")


def _holds(user: User, today: date) -> Dated:
    rows = _seen(user).filter(
        conditions.ON_HOLD, assigned_sa__in=access_of(user).queues, hold_review_on__lte=today
    )
    for deal in rows:
        yield deal.hold_review_on or today, _line(deal, "Review the hold")


def _decisions(user: User) -> Iterable[Line]:
    for deal in _seen(user).filter(waiting_for(user)).order_by("due_at", "pk"):
        yield _line(deal, "")


def _line(deal: Opportunity, note: str) -> Line:
    text = " ".join(f"{deal}, {deal.customer or ''}".rstrip(", ").split())
    return Line(text, note, f"{settings.SITE_URL}/opportunities/{deal.pk}")
