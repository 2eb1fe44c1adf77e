"""Rules and switches: who is told of an event, by which channel, and when."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Endpoint, Preferences, Rule
from notifications.reminders.days import DAY
from notifications.rules.expanding import deliveries_of
from notifications.rules.timing import QuietHours
from notifications.rules.wording import sentence_of
from opportunities.access.roles import Role, access_of
from opportunities.domain.states import Action
from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, lead, moved, sa
from outbox.delivering import deliver_due
from outbox.expanding import expand_due
from outbox.models import Delivery, Event

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def a_rule(**more):
    """The only one: everybody who leads is told by mail of an assignment."""
    Rule.objects.all().delete()
    facts = {
        "name": "Assigned",
        "events": ["opportunity.assigned"],
        "recipients": ["role:SA lead"],
        "channels": ["mail"],
    }
    return Rule.objects.create(**facts | more)


def assigned(**facts):
    opportunity = deal(**facts)
    moved(opportunity, Action.ASSIGN, bid_manager())
    return opportunity


def expanded():
    expand_due()
    return Delivery.objects.order_by("created_at")


@pytest.mark.parametrize(
    ("conditions", "is_told"),
    [
        ({"practices": ["Cloud"]}, True),
        ({"practices": ["Rail"]}, False),
        ({"states": ["ASSIGNED"]}, True),
        ({"states": ["NEW"]}, False),
        ({"min_value": "EUR:100000"}, True),
        ({"min_value": "EUR:100001"}, False),
        ({"max_value": "EUR:100000"}, True),
        ({"max_value": "EUR:99999"}, False),
        ({"min_value": "USD:1"}, False),
    ],
)
def test_a_rule_is_for_the_deals_that_meet_its_conditions(conditions, is_told):
    a_rule(**conditions)
    lead(email="lead@example.com")
    assigned(deal_value=100_000, currency="EUR")
    assert expanded().exists() is is_told


def test_only_who_may_see_the_deal_is_told_and_nobody_who_left(settings):
    settings.RESTRICT_VISIBILITY = True
    a_rule()
    lead(email="near@example.com")
    UserFactory(roles=[Role.LEAD], leads=["Rail"], email="far@example.com")
    lead(email="gone@example.com", is_active=False)
    assigned()
    assert [each.target for each in expanded()] == ["near@example.com"]


def test_who_loses_sight_of_the_deal_before_it_is_delivered_gets_nothing(settings):
    settings.RESTRICT_VISIBILITY = True
    a_rule()
    reader = lead(email="lead@example.com")
    assigned()
    assert expanded().count() == 1
    reader.practice_memberships.all().delete()
    deliver_due()
    assert mail.outbox == []


def test_access_to_a_row_at_hand_is_what_the_database_says(settings):
    settings.RESTRICT_VISIBILITY = True
    people = [sa(), lead(), bid_manager(), UserFactory(roles=[Role.SA], practices=["Rail"])]
    people.append(UserFactory(roles=[Role.SALES_OWNER], crm_owner_name="ana silva"))
    rows = [deal(), OpportunityFactory(practice="Rail", sales_owner="Ana Silva")]
    rows.append(OpportunityFactory(practice=None, assigned_sa=people[0]))
    for person in people:
        access = access_of(person)
        seen = {*Opportunity.objects.visible_to(access)}
        assert {row for row in rows if access.reaches(row)} == seen


def test_a_muted_event_comes_by_the_other_channels_only():
    a_rule(channels=["bell", "mail"])
    reader = lead(email="lead@example.com")
    Preferences.objects.create(user=reader, muted={"mail": ["opportunity.assigned"]})
    assigned()
    assert [each.channel for each in expanded()] == ["bell"]


def test_quiet_hours_are_in_the_persons_zone_and_the_bell_does_not_wait():
    a_rule(channels=["bell", "mail"])
    reader = lead(email="lead@example.com")
    quiet = {"quiet_from": time(20), "quiet_until": time(7)}
    Preferences.objects.create(user=reader, zone="Asia/Tokyo", **quiet)
    assigned()
    due = {each.channel: each.next_try_at for each in expanded()}
    # It is nine in the evening there.
    assert due == {"bell": NOON, "mail": datetime(2026, 12, 1, 22, tzinfo=UTC)}


def test_quiet_hours_of_a_rule_hold_for_everybody():
    a_rule(quiet_from=time(11), quiet_until=time(13))
    lead(email="lead@example.com")
    assigned()
    assert expanded().get().next_try_at == datetime(2026, 12, 1, 13, tzinfo=UTC)


def test_where_one_s_quiet_hours_end_in_those_of_the_rule_both_are_kept():
    a_rule(quiet_from=time(14), quiet_until=time(16))
    reader = lead(email="lead@example.com")
    Preferences.objects.create(user=reader, quiet_from=time(11), quiet_until=time(15))
    assigned()
    assert expanded().get().next_try_at == datetime(2026, 12, 1, 16, tzinfo=UTC)


def test_quiet_hours_end_on_the_night_that_has_an_hour_twice():
    berlin, night = ZoneInfo("Europe/Berlin"), QuietHours(time(22), time(2, 30))
    second_time = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 there, as an hour before
    assert night.end_after(second_time, berlin) - second_time == timedelta(minutes=20)


def test_what_waits_for_the_digest_comes_on_a_working_day(settings):
    settings.HOLIDAYS = [date(2026, 12, 7)]
    a_rule(channels=["digest"])
    lead(email="lead@example.com")
    friday, tuesday = datetime(2026, 12, 4, 12, tzinfo=UTC), datetime(2026, 12, 8, 8, tzinfo=UTC)
    with time_machine.travel(friday, tick=False):
        assigned()
        assert expanded().get().next_try_at == tuesday


def test_what_waits_for_the_same_morning_comes_as_one_mail():
    a_rule(channels=["digest"])
    reader = lead(email="lead@example.com")
    Preferences.objects.create(user=reader, zone="Europe/Berlin", digest_at=time(8))
    for _ in range(3):
        assigned()
    assert {each.next_try_at for each in expanded()} == {datetime(2026, 12, 2, 7, tzinfo=UTC)}
    with time_machine.travel(datetime(2026, 12, 2, 7, tzinfo=UTC), tick=False):
        deliver_due()
    (message,) = mail.outbox
    assert message.body.count("Assigned: ") == 3
    assert {*Delivery.objects.values_list("state", flat=True)} == {"DELIVERED"}


def test_where_rules_overlap_a_person_is_told_once():
    first = a_rule()
    Rule.objects.create(name="Again", events=first.events, recipients=["leads"], channels=["mail"])
    lead(email="lead@example.com")
    assigned()
    assert expanded().get().subject.startswith("Assigned: ")


def test_an_endpoint_without_events_gets_all_but_those_of_bqs_itself_and_one_switched_off_none():
    endpoint = Endpoint.objects.create(name="All", kind="webhook", address="https://bqs.example")
    a_rule(events=[], recipients=[], channels=[], endpoint=endpoint)
    assigned(remote_id="told")
    Event.objects.create(name=DAY.name, deal="told", body={"person": 0})
    told = expanded().filter(event__deal="told")
    assert [(each.target, each.event.name) for each in told] == [
        (str(endpoint.pk), "opportunity.assigned")
    ]
    Endpoint.objects.update(is_active=False)
    assigned(remote_id="not told")
    assert not expanded().filter(event__deal="not told")


def test_a_subject_is_written_as_the_rule_says_in_one_line():
    a_rule(subject="$practice: $customer, $value, by $actor")
    lead(email="lead@example.com")
    opportunity = deal(customer="Rail\nAG", deal_value=5000, currency="EUR")
    moved(opportunity, Action.ASSIGN, bid_manager(first_name="Ada", last_name="Lovelace"))
    assert expanded().get().subject == "Cloud: Rail AG, EUR 5,000, by Ada Lovelace"


def test_many_events_cost_as_many_queries_as_few():
    for _ in range(3):
        lead(email="lead@example.com")
    assigned()
    with CaptureQueriesContext(connection) as few:
        list(deliveries_of(list(Event.objects.all())))
    for _ in range(4):
        assigned()
    with CaptureQueriesContext(connection) as many:
        list(deliveries_of(list(Event.objects.all())))
    assert len(few) == len(many) <= 13


def test_a_rule_says_in_words_what_it_does():
    rule = a_rule(
        practices=["Cloud"], channels=["bell", "mail"], quiet_from=time(20), quiet_until=time(7)
    )
    assert sentence_of(rule) == (
        "Assign in Cloud: tell everyone with the role SA lead by the bell and by mail, "
        "but not from 20:00 until 07:00."
    )
