"""Find what people are to be reminded of: each cause once, in a fixed number of queries."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from assessments.decisions.conditions import waiting_conditions
from opportunities.domain.clocks import ONE_DAY
from opportunities.domain.deadlines import CLOCKED, work_calendar
from opportunities.domain.policy import policy
from opportunities.domain.states import WorkflowStatus as S
from opportunities.models import Opportunity, conditions
from outbox.events import EventKind
from outbox.models import Event
from outbox.writing import record_all

LOOK_BACK = timedelta(days=2)
"""What came up earlier was told then, or is old news on the first day of a new installation."""
DUE = {"due_at": "When the state should end."}
DAY = {"day": "The day it is due."}
PEOPLE = {"people": "Ids of those whom it concerns."}
KINDS = (
    EventKind("clock.half_gone", "Half of the time is gone", "Half of a deadline is over.", DUE),
    EventKind("clock.due_tomorrow", "Due within a working day", "A deadline is near.", DUE),
    EventKind("clock.overdue", "Overdue", "A deadline has passed.", DUE),
    EventKind(
        "clock.still_overdue", "Still overdue", "ESCALATION_DAYS passed after a deadline.", DUE
    ),
    EventKind(
        "condition.due",
        "Condition due",
        "An open condition is due today or tomorrow.",
        {**DAY, **PEOPLE, "text": "What the condition asks for."},
    ),
    EventKind("hold.review", "Hold to review", "The day to review a hold has come.", DAY),
    EventKind(
        "decision.waiting",
        "Waiting for a decision",
        "A review has waited for DECISION_REMINDER_HOURS.",
        {"since": "When it was submitted."},
    ),
)


def remind() -> int:
    """Record what came up since the last time; return how many. Safe to repeat at any time."""
    now = timezone.now()
    found = [*_of_clocks(now), *_of_conditions(now), *_of_holds(now)]
    sources = Event.objects.filter(source__in=[event.source for event in found])
    told = set(sources.values_list("source", flat=True))
    new = [event for event in found if event.source not in told]
    record_all(new)
    return len(new)


def _of_clocks(now: datetime) -> Iterator[Event]:
    """Yield what clocks tell; of a deal without an SA, only that it is late."""
    escalated = work_calendar().before(now - LOOK_BACK, policy.ESCALATION_DAYS * ONE_DAY)
    ticking = Q(workflow_status__in=CLOCKED, due_at__gt=escalated)
    late_or_taken = ~Q(workflow_status=S.NEW) | Q(due_at__lte=now)
    for deal in Opportunity.objects.present().filter(ticking & late_or_taken):
        for name, moment in _moments(deal, now):
            if now - LOOK_BACK < moment <= now:
                is_decision = name == "decision.waiting"
                told = {"since": deal.status_entered_at} if is_decision else {"due_at": deal.due_at}
                yield _event(name, deal, moment.isoformat(), told)


def _moments(deal: Any, now: datetime) -> Iterator[tuple[str, datetime]]:
    """Yield when its clock last came to something, and when a decision had waited for too long."""
    calendar, due = work_calendar(), deal.due_at
    if due <= now:
        yield "clock.overdue", due
        yield "clock.still_overdue", calendar.after(due, policy.ESCALATION_DAYS * ONE_DAY)
    else:
        yield _before_due(deal.clock_started_at, due, now)
    if deal.workflow_status == S.IN_REVIEW:
        wait = timedelta(hours=policy.DECISION_REMINDER_HOURS)
        yield "decision.waiting", calendar.after(deal.status_entered_at, wait)


def _before_due(started: datetime, due: datetime, now: datetime) -> tuple[str, datetime]:
    """Return the later one of two reminders, if both have come up; a short clock has only one."""
    calendar = work_calendar()
    near = calendar.before(due, ONE_DAY)
    if started < near <= now:
        return "clock.due_tomorrow", near
    return "clock.half_gone", calendar.after(started, calendar.between(started, due) / 2)


def _of_conditions(now: datetime) -> Iterator[Event]:
    today = timezone.localdate(now)
    near = waiting_conditions().filter(
        decision__opportunity__in=Opportunity.objects.present().values("pk"),
        due_on__range=(today - LOOK_BACK, today + ONE_DAY),
    )
    for each in near:
        body = {"day": each.due_on, "people": [each.owner_id], "text": each.text}
        deal = each.decision.opportunity
        yield _event("condition.due", deal, f"{each.pk}, {each.due_on}", body)


def _of_holds(now: datetime) -> Iterator[Event]:
    today = timezone.localdate(now)
    held = Opportunity.objects.present().filter(conditions.ON_HOLD)
    for deal in held.filter(hold_review_on__range=(today - LOOK_BACK, today)):
        yield _event("hold.review", deal, deal.hold_review_on, {"day": deal.hold_review_on})


def _event(name: str, deal: Opportunity, cause: object, body: dict[str, Any]) -> Event:
    source = f"{name}:{deal.pk}:{cause}"
    return Event(name=name, deal=deal.remote_id, source=source[:100], body=body)
