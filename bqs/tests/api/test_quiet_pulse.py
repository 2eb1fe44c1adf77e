"""A pulse that has nothing new costs one query, and only while all it stands on is the same."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_script_prefix
from django.utils import timezone

from notifications.models import BellEntry
from opportunities.access.roles import Role
from opportunities.tests.factories import OpportunityFactory, UserFactory
from outbox.models import Event
from sync.models import SyncLog

# On PostgreSQL the feed tells of what is committed.
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


class OpenPage:
    """One in a browser, which has heard that nothing moved."""

    def __init__(self, *, has_a_right=False):
        self.user = UserFactory(roles=[Role.SA])
        if has_a_right:
            self.user.user_permissions.add(Permission.objects.earliest("pk"))
        self.client = Client()
        self.client.force_login(self.user)
        # The first call notes that the session is in use, and the second has an ETag of that.
        self.address = f"/api/pulse?after={self.client.get('/api/pulse').json()['cursor']}"
        self.tag = self.client.get(self.address).headers["ETag"]

    def asks(self, client=None, address=None, **headers):
        """Return the status, and the number of queries."""
        headers = {"If-None-Match": self.tag, **headers}
        with CaptureQueriesContext(connection) as asked:
            answer = (client or self.client).get(address or self.address, headers=headers)
        return answer.status_code, len(asked)

    def session(self):
        return Session.objects.filter(pk=self.client.session.session_key)


def test_where_nothing_moved_one_query_is_enough():
    OpportunityFactory()
    page = OpenPage()
    assert page.asks() == (304, 1)
    assert page.asks(**{"If-None-Match": f"W/{page.tag}"}) == (304, 1)
    assert page.asks(**{"X-Page-Of": ""})[0] != 304


def test_such_an_answer_has_the_headers_the_log_and_the_metrics_of_any_other(caplog):
    page = OpenPage()
    with caplog.at_level("INFO", "bqs.requests"):
        answer = page.client.get(page.address, headers={"If-None-Match": page.tag})
    assert answer.status_code == 304
    assert answer.headers["ETag"] == page.tag
    assert {"Accept", "Cookie"} <= set(answer.headers["Vary"].split(", "))
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Content-Security-Policy" in answer.headers
    assert "GET api-pulse: 304" in caplog.text


def test_below_a_path_of_another_site_it_is_the_same(caplog):
    with override_script_prefix("/bqs/"), caplog.at_level("INFO", "bqs.requests"):
        assert OpenPage().asks() == (304, 1)
    assert "GET api-pulse: 304" in caplog.text


def _moves_a_deal(page):
    OpportunityFactory()


def _begins_a_sync(page):
    SyncLog.objects.create()


def _tells_the_bell(page):
    event = Event.objects.create(name="sync.finished")
    BellEntry.objects.create(user=page.user, event=event, title="Done", at=event.at)


def _gives_a_right(page):
    page.user.user_permissions.add(Permission.objects.exclude(user=page.user).latest("pk"))


def _takes_a_right(page):
    page.user.user_permissions.clear()


def _makes_a_second_factor(page):
    Authenticator.objects.create(user=page.user, type=Authenticator.Type.TOTP, data={})


def test_whatever_it_stands_on_ends_it():
    for change in (
        *(_moves_a_deal, _begins_a_sync, _tells_the_bell, _gives_a_right, _takes_a_right),
        _makes_a_second_factor,
    ):
        page = OpenPage(has_a_right=True)
        assert page.asks() == (304, 1)
        change(page)
        status, queries = page.asks()
        assert (status, queries > 1) == (200, True), change


def _signs_out(page):
    page.session().delete()


def _lets_the_session_end(page):
    page.session().update(expire_date=timezone.now() - timedelta(seconds=1))


def _changes_the_password(page):
    page.user.set_password("another-4-the-pulse")
    page.user.save()


def _deactivates(page):
    page.user.is_active = False
    page.user.save()


def _takes_the_role(page):
    page.user.groups.clear()


def _deletes_the_rights_of_the_role(page):
    page.user.groups.get().permissions.clear()


def test_nobody_is_told_anything_whose_session_or_right_has_ended():
    for end in (
        *(_signs_out, _lets_the_session_end, _changes_the_password, _deactivates),
        *(_takes_the_role, _deletes_the_rights_of_the_role),
    ):
        page = OpenPage()
        assert page.asks() == (304, 1)
        end(page)
        assert page.asks()[0] in (401, 403), end


def test_an_etag_is_good_for_one_session_one_page_and_one_address():
    page, other = OpenPage(), OpenPage()
    assert page.asks(Client())[0] in (401, 403)
    assert page.asks(other.client)[0] == 200
    forged = other.tag.replace(f'"{other.user.pk}.', f'"{page.user.pk}.')
    assert page.asks(**{"If-None-Match": forged})[0] == 200
    assert page.asks(**{"X-Page-Of": str(other.user.pk)})[0] == 403
    assert page.asks(address="/api/pulse?after=elsewhere")[0] == 200
    assert page.asks(Authorization="Bearer nobody")[1] > 1


def test_once_a_minute_the_session_itself_is_looked_at(settings):
    page = OpenPage()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        status, queries = page.asks()
        assert (status, queries > 1) == (200, True)
    with time_machine.travel(timezone.now() + timedelta(hours=settings.SESSION_MAX_HOURS)):
        assert page.asks()[0] in (401, 403)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_what_waits_for_an_older_transaction_is_told_when_that_ends():
    older = connection.copy()
    try:
        with older.cursor() as cursor:
            cursor.execute("BEGIN; SELECT pg_current_xact_id()")
        moved = OpportunityFactory()
        page = OpenPage()
        assert page.asks()[0] == 304
    finally:
        older.close()
    status, _ = page.asks()
    assert status == 200
    assert page.client.get(page.address).json()["deals"] == [str(moved.pk)]
