"""A calendar program follows the dates of one's deals by a secret address, and learns what went."""

import logging
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.tokens.tokens import issue_token
from assessments.models import Condition
from assessments.tests.factories import in_review
from audit.models import AuditEvent
from opportunities.access.roles import Role
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import bid_manager, deal, moved, sa

pytestmark = pytest.mark.django_db
S = WorkflowStatus
TUESDAY = datetime(2026, 12, 1, 9, tzinfo=UTC)
FRIDAY = date(2026, 12, 4)


@pytest.fixture(autouse=True)
def _on_tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def path_of(user):
    address = client_of(user).get("/api/me/calendar").json()["address"]
    return address[address.index("/calendar/") :]


def read(user, **headers):
    answer = Client().get(path_of(user), headers=headers)
    assert answer.status_code == 200
    return answer


def key_in(path):
    return path.removeprefix("/calendar/").removesuffix(".ics")


@pytest.fixture
def log():
    """What the site writes into its log."""
    (console,) = [each for each in logging.getLogger().handlers if each.name == "console"]
    former = console.setStream(StringIO())
    yield console.stream
    console.setStream(former)


def events_of(user):
    events = Calendar.from_ical(read(user).content).walk("VEVENT")
    return {str(event["UID"]).partition("@")[0]: event for event in events}


def with_dates(user, **more):
    due_at = TUESDAY + timedelta(hours=5)
    values = {"assigned_sa": user, "bid_due_on": FRIDAY, "due_at": due_at, **more}
    return deal(S.ASSIGNED, **values)


def test_it_has_bid_clock_condition_and_review_of_one_s_deals():
    me = sa()
    assigned = with_dates(me, name="Café; a, b\\c\nwith a line break")
    held = deal(S.ON_HOLD, assigned_sa=me, hold_review_on=FRIDAY)
    conditional = deal(S.CONDITIONAL)
    decision = conditional.decisions.first()
    owned = Condition.objects.create(decision=decision, owner=me, text="Price", due_on=FRIDAY)
    with_dates(sa(), name="of another")
    found = events_of(me)
    assert {uid: str(event["SUMMARY"]) for uid, event in found.items()} == {
        f"bid-{assigned.pk}": f"Bid due: {assigned.opty_number} Café; a, b\\c with a line break",
        f"clock-{assigned.pk}": (
            f"Assigned, due: {assigned.opty_number} Café; a, b\\c with a line break"
        ),
        f"hold-{held.pk}": f"Review the hold: {held}",
        f"condition-{owned.pk}": f"Condition due: Price, {conditional}",
    }
    assert found[f"clock-{assigned.pk}"].decoded("DTSTART") == TUESDAY + timedelta(hours=5)
    assert str(found[f"bid-{assigned.pk}"]["URL"]).endswith(f"/opportunities/{assigned.pk}")


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_day_is_the_same_day_in_every_zone(settings, zone):
    settings.TIME_ZONE = zone
    me = sa()
    row = with_dates(me)
    event = events_of(me)[f"bid-{row.pk}"]
    assert event.decoded("DTSTART") == FRIDAY
    assert event.decoded("DTEND") == FRIDAY + timedelta(days=1)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert ZoneInfo(zone)


def test_it_keeps_the_rules_of_rfc_5545():
    me = sa()
    with_dates(me, name="Überlanger Name " * 12)
    with_dates(me, assigned_sa=me).delete()
    text = read(me).content
    lines = text.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    text.decode()
    calendar = Calendar.from_ical(text)
    assert {"PRODID", "VERSION"} <= set(calendar)
    uids = [event["UID"] for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == len(uids) > 0
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "LAST-MODIFIED"} <= set(event)
        assert not event.errors


def test_a_change_moves_its_number_and_time_and_nothing_else_does():
    me = sa()
    row = with_dates(me)
    uid, first = f"bid-{row.pk}", events_of(me)
    with time_machine.travel(TUESDAY + timedelta(hours=1), tick=False):
        Opportunity.objects.filter(pk=row.pk).update(bid_due_on=date(2026, 12, 7), sa_notes="Call.")
        second = events_of(me)
    assert second[uid]["SEQUENCE"] == first[uid]["SEQUENCE"] + 1
    assert second[uid].decoded("LAST-MODIFIED") == TUESDAY + timedelta(hours=1)
    assert second[f"clock-{row.pk}"].to_ical() == first[f"clock-{row.pk}"].to_ical()


def test_what_went_is_cancelled_for_a_month_and_names_no_deal():
    me = sa()
    row = with_dates(me, name="Secret")
    before = events_of(me)
    Opportunity.objects.filter(pk=row.pk).update(assigned_sa=sa())
    gone = events_of(me)
    assert set(gone) == set(before)
    assert {str(event["STATUS"]) for event in gone.values()} == {"CANCELLED"}
    assert b"Secret" not in read(me).content
    assert gone[f"bid-{row.pk}"]["SEQUENCE"] == 1
    Opportunity.objects.filter(pk=row.pk).update(assigned_sa=me)
    back = events_of(me)[f"bid-{row.pk}"]
    assert (str(back["STATUS"]), back["SEQUENCE"]) == ("CONFIRMED", 2)
    Opportunity.objects.filter(pk=row.pk).update(assigned_sa=None)
    events_of(me)
    with time_machine.travel(TUESDAY + timedelta(days=31), tick=False):
        assert events_of(me) == {}


def test_a_deal_that_one_may_no_longer_see_goes(settings):
    settings.RESTRICT_VISIBILITY = True
    me = UserFactory(roles=[Role.SA], practices=["Cloud"])
    row = OpportunityFactory(practice="Cloud", bid_due_on=FRIDAY)
    me.watches.create(opportunity=row)
    assert str(events_of(me)[f"bid-{row.pk}"]["STATUS"]) == "CONFIRMED"
    me.practice_memberships.all().delete()
    assert str(events_of(me)[f"bid-{row.pk}"]["STATUS"]) == "CANCELLED"


def test_nothing_new_is_answered_with_304_and_nobody_shares_it():
    me = sa()
    row = with_dates(me)
    first = read(me)
    assert first["Cache-Control"] == "private, no-cache"
    assert first["Content-Type"].startswith("text/calendar")
    again = Client().get(path_of(me), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Opportunity.objects.filter(pk=row.pk).update(bid_due_on=None)
    changed = Client().get(path_of(me), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_a_renewed_address_ends_the_former_and_goes_on_record():
    me = sa()
    former = path_of(me)
    renewed = client_of(me).post("/api/me/calendar").json()["address"]
    assert Client().get(former).status_code == 404
    assert renewed.endswith(path_of(me))
    assert Client().get(path_of(me)).status_code == 200
    (event,) = AuditEvent.objects.filter(kind="calendar.renewed")
    assert event.about_id == str(me.pk)
    assert "calendar/" not in str(event.details)


@pytest.mark.parametrize("change", ["left", "without a right", "guessed", "of another"])
def test_a_wrong_key_and_who_left_get_a_404_and_no_log_line_has_the_key(change, log):
    me = sa()
    path = path_of(me)
    if change == "left":
        me.is_active = False
        me.save()
    elif change == "without a right":
        me.groups.clear()
    elif change == "guessed":
        path = reverse("calendar", args=[f"{me.pk}-0.abc"])
    else:
        path = path.replace(f"/{me.pk}-", f"/{sa().pk}-")
    assert Client().get(path).status_code == 404
    assert "Not Found: /calendar/…" in log.getvalue()
    assert key_in(path) not in log.getvalue()


@pytest.mark.parametrize("method", ["POST", "PROPFIND", "OPTIONS", "GET"])
def test_no_log_line_has_the_key_of_what_is_refused_or_fails(method, log, settings):
    me = sa()
    with_dates(me)
    path = path_of(me)
    if method == "GET":
        settings.SITE_URL = 1  # with which no calendar can be written
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    status = browser.generic(method, path).status_code
    assert status == {"POST": 403, "PROPFIND": 403, "OPTIONS": 405, "GET": 500}[method]
    assert "/calendar/…" in log.getvalue()
    assert key_in(path) not in log.getvalue()


def test_a_program_s_token_does_not_read_the_address():
    me = sa()
    _, text = issue_token(me, "Report")
    answer = Client().get("/api/me/calendar", headers={"Authorization": f"Token {text}"})
    assert answer.status_code == 403


def test_it_costs_the_same_queries_for_any_number_of_deals(django_assert_num_queries):
    me = sa()
    with_dates(me)
    path = path_of(me)
    Client().get(path)
    for _ in range(3):
        with_dates(me)
    row = in_review(assigned_sa=sa())
    condition = {"text": "Price", "owner": me, "due_on": FRIDAY}
    moved(row, Action.APPROVE_WITH_CONDITIONS, bid_manager(), params={"conditions": [condition]})
    with django_assert_num_queries(11):
        Client().get(path)
    with django_assert_num_queries(10):
        Client().get(path)
