"""Notices on their way, with a real mail server."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Notice, NoticeState
from opportunities.notices import sending
from opportunities.notices.sending import MOST_TRIES, send_waiting
from opportunities.tests.admin_clients import administrator, bid_manager, browser_of, text_of
from opportunities.tests.factories import UserFactory
from opportunities.tests.mail_server import PUT_OFF, REFUSED, mail_server
from opportunities.tests.workflow_scene import deal, lead, moved, sa

pytestmark = pytest.mark.django_db
LIST = "/admin/opportunities/notice/"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def server(settings):
    with mail_server(settings) as server:
        yield server


def three_leads_are_told():
    """By one event: an SA declines."""
    for name in ("a", "b", "c"):
        lead(email=f"{name}@example.com")
    opportunity = deal(WorkflowStatus.ASSIGNED)
    moved(opportunity, Action.DECLINE, opportunity.assigned_sa)


def one_is_told():
    mate = sa(email="sa@example.com")
    moved(deal(), Action.ASSIGN, lead(), params={"assignee": mate})
    return mate


def states():
    return dict(Notice.objects.values_list("address", "state"))


def test_an_address_that_is_refused_costs_the_others_nothing(server, caplog):
    server.answers["a@example.com"] = [REFUSED]
    three_leads_are_told()
    tally = send_waiting()
    assert (tally.sent, tally.failed) == (2, 1)
    assert sorted(server.told) == ["b@example.com", "c@example.com"]
    refused = Notice.objects.get(address="a@example.com")
    assert (refused.state, refused.tries) == (NoticeState.WAITING, 1)
    assert refused.last_failure == REFUSED
    for word in ("a@example.com", "Declined and unassigned", REFUSED):
        assert word in caplog.text


def test_what_was_put_off_is_sent_later_as_the_same_message(server):
    server.answers["sa@example.com"] = [PUT_OFF, "250 OK"]
    with time_machine.travel(NOON, tick=False) as clock:
        one_is_told()
        assert (send_waiting().failed, send_waiting().failed) == (1, 0)
        clock.shift(timedelta(minutes=2))
        assert send_waiting().sent == 1
    notice = Notice.objects.get()
    assert (notice.state, notice.tries, notice.last_failure) == (NoticeState.SENT, 2, "")
    assert f"Message-ID: <notice-{notice.key}@localhost>" in server.received[0][1]


def test_what_is_refused_for_half_a_day_is_given_up_until_somebody_says_send_again(server):
    server.answers["sa@example.com"] = [REFUSED]
    with time_machine.travel(NOON, tick=False) as clock:
        mate = one_is_told()
        for _ in range(MOST_TRIES):
            assert send_waiting().failed == 1
            clock.shift(timedelta(hours=8))
        assert send_waiting().failed == 0
        notice = Notice.objects.get()
        assert notice.state == NoticeState.GIVEN_UP
        page = text_of(administrator().get(LIST))
        assert "Given up" in page
        assert REFUSED in page
        # The administrator mends the address first.
        mate.email = "right@example.com"
        mate.save()
        chosen = {"action": "send_again", "_selected_action": [notice.pk]}
        administrator().post(LIST, chosen)
        assert send_waiting().sent == 1
    assert server.told == ["right@example.com"]


def test_a_server_that_dies_in_the_middle_is_left_alone_and_all_is_sent_later(server):
    server.dies_with = {"a@example.com", "b@example.com", "c@example.com"}
    with time_machine.travel(NOON, tick=False) as clock:
        three_leads_are_told()
        assert send_waiting().failed == 1
        assert sorted(Notice.objects.values_list("tries", flat=True)) == [0, 0, 1]
        server.dies_with = set()
        assert send_waiting().sent == 2
        clock.shift(timedelta(minutes=2))
        assert send_waiting().sent == 1
    assert set(states().values()) == {NoticeState.SENT}


def test_a_server_that_is_not_there_breaks_nothing(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    one_is_told()
    assert send_waiting().failed == 1
    assert "ConnectionRefusedError" in Notice.objects.get().last_failure


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="no other process sees this SQLite")
def test_a_sender_that_is_killed_in_the_middle_leaves_it_to_the_next(server):
    one_is_told()
    server.hangs = True
    with subprocess.Popen([sys.executable, "manage.py", "send_notices"], **elsewhere()) as sender:
        assert server.asked.wait(60)
        sender.kill()
    assert Notice.objects.get().state == NoticeState.WAITING
    server.go_on.set()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=3)):
        call_command("send_notices")
    assert server.told == ["sa@example.com"]


def elsewhere():
    """A process on the database and the mail server of this test."""
    mail = {"EMAIL_HOST": settings.EMAIL_HOST, "EMAIL_PORT": str(settings.EMAIL_PORT)}
    database = {"DATABASE_URL": f"postgresql:///{connection.settings_dict['NAME']}"}
    environment = {**os.environ, **mail, **database, "EMAIL_USE_TLS": "false"}
    return {"cwd": settings.BASE_DIR, "env": environment}


@pytest.mark.django_db(transaction=True)
def test_a_server_that_hangs_holds_no_request(server, settings):
    """By order: the request has its answer while the server still owes its own."""
    settings.NOTICES_IN_BACKGROUND = True
    server.hangs = True
    one = deal()
    mate = sa(email="sa@example.com")
    boss = lead()
    address = f"/api/opportunities/{one.pk}/actions/assign"
    body = {"assignee": str(mate.pk), "lock_version": one.lock_version}
    answer = browser_of(boss).post(address, body, content_type="application/json")
    assert answer.status_code == 200
    assert server.asked.wait(20)
    assert server.received == []
    assert not server.go_on.is_set()
    server.go_on.set()
    sending._background.submit(lambda: None).result(20)
    assert server.told == ["sa@example.com"]
    assert states() == {"sa@example.com": NoticeState.SENT}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_senders_never_send_the_same(server):
    three_leads_are_told()
    with transaction.atomic():
        # The first has taken one, and its transaction goes on.
        sending._claim()
        others = threading.Thread(target=_send_elsewhere)
        others.start()
        others.join(20)
        assert len(server.told) == 2


def _send_elsewhere():
    send_waiting()
    connection.close()


def test_who_may_not_see_notices_does_not():
    one_is_told()
    assert browser_of(UserFactory(is_staff=True)).get(LIST).status_code == 403
    assert bid_manager().get(LIST).status_code == 200


def test_a_notice_is_looked_at_and_never_changed():
    one_is_told()
    browser = administrator()
    notice = Notice.objects.get()
    page = text_of(browser.get(f"{LIST}{notice.pk}/change/"))
    assert "sa@example.com" in page
    assert browser.post(f"{LIST}{notice.pk}/delete/", {"post": "yes"}).status_code == 403
    assert browser.get(f"{LIST}add/").status_code == 403
