"""What an open page is told of what moved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import BellEntry
from opportunities.access.roles import Role
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from outbox.models import Event
from sync.models import SyncLog, SyncStatus

# On PostgreSQL the feed tells of what is committed.
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
URL = "/api/pulse"
MOST_QUERIES = 2


class Page:
    """An open one, which asks again with the cursor it got."""

    def __init__(self, client):
        self.client, self.cursor = client, None
        self.told()

    def told(self):
        told = self.client.get(URL, {"after": self.cursor} if self.cursor else {}).json()
        self.cursor = told["cursor"]
        return told


def test_a_page_that_has_just_come_is_told_of_nothing():
    OpportunityFactory()
    assert any_user().get(URL).json()["deals"] == []


def test_each_deal_that_moved_is_told_once_to_each_page():
    _still, moved = OpportunityFactory.create_batch(2)
    one, other = Page(any_user()), Page(any_user())
    Opportunity.objects.filter(pk=moved.pk).update(geo="APAC")
    assert one.told()["deals"] == other.told()["deals"] == [str(moved.pk)]
    assert one.told()["deals"] == []


def test_where_nothing_moved_the_answer_is_the_same_and_not_sent_again():
    OpportunityFactory()
    client = any_user()
    address = f"{URL}?after={client.get(URL).json()['cursor']}"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    OpportunityFactory()
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_many_that_moved_are_told_as_anything():
    page = Page(any_user())
    OpportunityFactory.create_batch(101)
    assert page.told()["deals"] is None
    assert page.told()["deals"] == []


@pytest.mark.parametrize("cursor", ["nonsense", ""])
def test_a_cursor_of_nowhere_begins_anew(cursor):
    told = any_user().get(URL, {"after": cursor}).json()
    assert told["deals"] is (None if cursor else told["deals"])
    assert told["cursor"]


def test_nobody_is_told_of_deals_that_they_may_not_see(settings):
    settings.RESTRICT_VISIBILITY = True
    page = Page(client_of(UserFactory(roles=[Role.SALES_OWNER])))
    OpportunityFactory(sales_owner="Somebody else")
    assert page.told()["deals"] == []


def test_a_sync_that_begins_goes_on_or_ends_is_told():
    page = Page(any_user())
    log = SyncLog.objects.create()
    seen = [page.told()["sync"]]
    SyncLog.objects.filter(pk=log.pk).update(pages=1)
    seen.append(page.told()["sync"])
    SyncLog.objects.filter(pk=log.pk).update(status=SyncStatus.SUCCESS)
    seen.append(page.told()["sync"])
    assert len(set(seen)) == 3


def test_the_bell_is_told_by_what_comes_and_by_what_is_read():
    user = UserFactory()
    page = Page(client_of(user))
    seen = [page.told()["bell"]]
    event = Event.objects.create(name="sync.finished")
    entry = BellEntry.objects.create(user=user, event=event, title="Done", at=event.at)
    seen.append(page.told()["bell"])
    BellEntry.objects.filter(pk=entry.pk).update(read_at=event.at)
    seen.append(page.told()["bell"])
    assert len(set(seen)) == 3


def test_it_costs_a_fixed_number_of_queries():
    page = Page(any_user())
    OpportunityFactory.create_batch(20)
    with CaptureQueriesContext(connection) as ran:
        page.told()
    assert len(ran) == MOST_QUERIES + 3  # What moved, who asks, and which of them they may see.
    with CaptureQueriesContext(connection) as ran:
        page.told()
    assert len(ran) == MOST_QUERIES


def test_whoever_may_see_no_deal_has_no_pulse(client):
    assert client.get(URL).status_code in (401, 403)
