"""Clocks, conditions, holds and decisions remind people once; each morning sums up the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from assessments.models import Condition
from notifications.models import BellEntry, Preferences
from notifications.reminders import agenda
from notifications.reminders.days import begin_days
from notifications.reminders.finding import remind
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Absence, Opportunity
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, lead, sa
from outbox.delivering import deliver_due
from outbox.expanding import expand_due
from outbox.models import Event

pytestmark = pytest.mark.django_db
S, HOUR, DAY = WorkflowStatus, timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
TUESDAY = MONDAY + DAY
IN_2099 = date(2099, 1, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


def clocked(user, started=MONDAY, days=8, status=S.ASSIGNED, **more):
    due_at = started + days * DAY
    return deal(status, assigned_sa=user, clock_started_at=started, due_at=due_at, **more)


def told():
    events = Event.objects.exclude(name="day.begun").order_by("name")
    return [event.name for event in events]


def test_a_clock_reminds_at_its_half_a_working_day_before_its_end_and_when_it_is_over(clock):
    me = sa(email="me@example.com")
    row = clocked(me)
    told_at = {}
    for hours in range(0, 24 * 14, 6):
        clock.move_to(TUESDAY + hours * HOUR)
        remind()
        for event in Event.objects.all():
            told_at.setdefault(event.name, timezone.now())
    assert told() == [
        "clock.due_tomorrow",
        "clock.half_gone",
        "clock.overdue",
        "clock.still_overdue",
    ]
    # Due on Tuesday the 8th at nine, six working days after it began.
    assert {name: at.date().day for name, at in told_at.items()} == {
        "clock.half_gone": 3,
        "clock.due_tomorrow": 7,
        "clock.overdue": 8,
        "clock.still_overdue": 10,
    }
    expand_due()
    deliver_due()
    assert [each.title for each in BellEntry.objects.filter(user=me).order_by("id")]
    assert {each.deal for each in BellEntry.objects.all()} == {row}


def test_a_deadline_that_moves_reminds_anew():
    me = sa()
    row = clocked(me, started=MONDAY - 7 * DAY, days=8 - 1 / 24)
    remind()
    Opportunity.objects.filter(pk=row.pk).update(due_at=TUESDAY - 2 * HOUR)
    remind()
    remind()
    assert told() == ["clock.overdue", "clock.overdue"]


@pytest.mark.parametrize("days", [1, 2])
def test_the_leads_learn_of_what_stays_overdue_for_the_days_of_the_setting(settings, days, clock):
    settings.ESCALATION_DAYS = days
    boss = lead(email="lead@example.com")
    clocked(sa(), started=MONDAY - 14 * DAY, days=11)  # due on Friday
    clock.move_to(MONDAY + (days - 1) * DAY - HOUR)
    remind()
    assert "clock.still_overdue" not in told()
    clock.move_to(MONDAY + (days - 1) * DAY)
    remind()
    expand_due()
    deliver_due()
    assert [each.event.name for each in BellEntry.objects.filter(user=boss)] == [
        "clock.still_overdue"
    ]
    assert [each.to for each in mail.outbox] == [["lead@example.com"]]


def test_conditions_holds_and_waiting_decisions_remind_whom_they_concern():
    owner, manager, assigned = sa(), bid_manager(), sa()
    decision = deal(S.CONDITIONAL).decisions.first()
    for due_on in (TUESDAY.date() + DAY, IN_2099):
        Condition.objects.create(decision=decision, owner=owner, text="Price", due_on=due_on)
    deal(S.ON_HOLD, assigned_sa=assigned, hold_review_on=TUESDAY.date())
    waits_since = TUESDAY - 4 * DAY - HOUR
    clocked(sa(), status=S.IN_REVIEW, status_entered_at=waits_since, days=30)
    assert remind() == 3
    assert told() == ["condition.due", "decision.waiting", "hold.review"]
    expand_due()
    deliver_due()
    rung = BellEntry.objects.values_list("user", "event__name")
    assert set(rung) == {
        (owner.pk, "condition.due"),
        (manager.pk, "decision.waiting"),
        (assigned.pk, "hold.review"),
    }


def test_the_deputy_is_told_as_well_while_somebody_is_away():
    me, deputy = sa(), sa()
    day = TUESDAY.date()
    Absence.objects.create(user=me, deputy=deputy, starts=day, ends=day)
    clocked(me, started=MONDAY - DAY, days=1)
    remind()
    expand_due()
    deliver_due()
    assert set(BellEntry.objects.values_list("user", flat=True)) == {me.pk, deputy.pk}


def test_old_news_of_a_new_installation_are_no_reminders():
    for days in range(3, 200, 20):
        clocked(sa(), started=MONDAY - 300 * DAY, days=300 - days)
        OpportunityFactory(workflow_status=S.NEW, due_at=MONDAY - days * DAY)
    assert [name for name in told() if name != "clock.still_overdue"] == []


def test_reminders_cost_the_same_queries_for_any_number_of_deals(django_assert_num_queries):
    me = sa()
    for hours in range(1, 6):
        clocked(me, started=MONDAY - 7 * DAY, days=7 + hours / 24)
    with django_assert_num_queries(5):
        assert remind() == 5
    with django_assert_num_queries(4):
        assert remind() == 0


# --- the morning ------------------------------------------------------------------------------


def morning(clock, at):
    clock.move_to(at)
    begin_days()
    expand_due()
    deliver_due()
    return mail.outbox


def test_each_morning_brings_one_mail_of_what_is_overdue_due_and_to_be_decided(clock):
    me = sa(email="me@example.com", first_name="Ana")
    clocked(me, name="Alpha", started=MONDAY - 9 * DAY, days=8)
    clocked(me, name="Beta", started=TUESDAY - DAY, days=1 + 5 / 24)
    clocked(me, name="Gamma", started=TUESDAY - DAY, days=2)
    clocked(me, name="next month", started=TUESDAY, days=30)
    clocked(sa(), name="of another", days=1)
    assert morning(clock, TUESDAY - 3 * HOUR) == []
    assert morning(clock, TUESDAY - 90 * timedelta(minutes=1)) == []
    (sent,) = morning(clock, TUESDAY - HOUR)
    assert sent.subject == "BQS: 1 overdue, 1 due today, 1 due tomorrow"
    for text in (sent.body, sent.alternatives[0].content):
        order = [
            text.index(name)
            for name in ("Overdue", "Alpha", "Due today", "Beta", "Due tomorrow", "Gamma")
        ]
        assert order == sorted(order)
        assert "next month" not in text
        assert "of another" not in text
    assert len(morning(clock, TUESDAY)) == 1


def test_a_manager_s_morning_names_the_reviews_to_decide(clock):
    bid_manager(email="manager@example.com")
    clocked(sa(), status=S.IN_REVIEW, name="to decide", days=30)
    (sent,) = morning(clock, TUESDAY - HOUR)
    assert sent.subject == "BQS: 1 waiting for your decision"
    assert "to decide" in sent.body


@pytest.mark.parametrize(
    ("day", "preferences"),
    [
        (TUESDAY + 4 * DAY, {}),  # Saturday
        (datetime(2026, 12, 25, 9, tzinfo=UTC), {}),
        (TUESDAY, {"channels_off": ["digest"]}),
        (TUESDAY, {"zone": "America/New_York"}),
        (TUESDAY + 2 * DAY, {}),  # nothing is due any more
    ],
)
def test_no_mail_comes_on_a_day_off_to_who_wants_none_or_where_nothing_is_due(
    clock, settings, day, preferences
):
    settings.HOLIDAYS = [date(2026, 12, 25)]
    me = sa(email="me@example.com")
    Preferences.objects.create(user=me, **preferences)
    row = clocked(me, started=day - 9 * DAY, days=8)
    if day == TUESDAY + 2 * DAY:
        row.delete()
    assert morning(clock, day - HOUR) == []


def test_the_morning_comes_at_the_hour_of_one_s_own_zone(clock):
    me = sa(email="me@example.com")
    Preferences.objects.create(user=me, zone="America/New_York", digest_at="07:30")
    clocked(me, started=MONDAY - 9 * DAY, days=8)
    assert morning(clock, datetime(2026, 12, 1, 12, 29, tzinfo=UTC)) == []
    assert len(morning(clock, datetime(2026, 12, 1, 12, 30, tzinfo=UTC))) == 1


def test_the_days_begin_with_the_same_queries_for_any_number_of_people(
    clock, django_assert_num_queries
):
    for number in range(5):
        UserFactory(email=f"{number}@example.com")
    clock.move_to(TUESDAY - HOUR)
    with django_assert_num_queries(3):
        begin_days()


def test_the_morning_names_only_what_counts_and_its_reader_may_see(clock, settings):
    settings.RESTRICT_VISIBILITY = True
    me = sa(email="me@example.com")
    far = deal(S.CONDITIONAL, name="far")
    Opportunity.objects.filter(pk=far.pk).update(practice="Rail")
    gone = deal(S.CONDITIONAL, name="gone", removed_in_crm_at=MONDAY)
    again = deal(S.CONDITIONAL, name="under way again")
    Opportunity.objects.filter(pk=again.pk).update(workflow_status=S.ASSIGNED)
    near = deal(S.CONDITIONAL, name="near")
    for row in (far, gone, again, near):
        facts = {"owner": me, "text": "Price", "due_on": TUESDAY.date()}
        Condition.objects.create(decision=row.decisions.first(), **facts)
    assert remind() == 2
    (sent,) = morning(clock, TUESDAY - HOUR)
    assert sent.subject.startswith("BQS: 1 due today")
    assert [name for name in ("far", "gone", "again", "near") if name in sent.body] == ["near"]


def test_what_is_too_much_for_a_mail_is_counted(clock, monkeypatch):
    monkeypatch.setattr(agenda, "MOST_LINES", 2)
    boss = bid_manager(email="manager@example.com")
    for _ in range(3):
        clocked(sa(), status=S.IN_REVIEW, days=30)
        clocked(boss, started=MONDAY - 9 * DAY, days=8)
    (sent,) = morning(clock, TUESDAY - HOUR)
    assert sent.subject == "BQS: 3 overdue, 3 waiting for your decision"
    for text in (sent.body, sent.alternatives[0].content):
        assert text.count("and 1 more") == 2
