"""The bell tells a person what concerns them, deal by deal, until they have read it."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.models import BellEntry, Channel
from opportunities.access.roles import Role
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from outbox.delivering import deliver_due
from outbox.models import Delivery, DeliveryState, Event

pytestmark = pytest.mark.django_db
URL, NOON = "/api/notifications", datetime(2026, 11, 30, 12, tzinfo=UTC)


def entry(user, deal=None, minutes=0, name="opportunity.assigned", **more):
    at = NOON + timedelta(minutes=minutes)
    event = Event.objects.create(name=name, deal=deal.remote_id if deal else "", at=at)
    return BellEntry.objects.create(
        **{"user": user, "event": event, "deal": deal, "title": "Assigned", "at": at, **more}
    )


def groups_of(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200, answer.content
    return answer.json()["groups"]


def names(groups):
    return [group["deal"] and group["deal"]["name"] for group in groups]


def test_a_delivery_rings_once_however_often_it_is_repeated():
    me, deal = UserFactory(), OpportunityFactory(name="Two\nlines")
    event = Event.objects.create(name="opportunity.assigned", deal=deal.remote_id, at=NOON)
    subject = f"Assigned to you: {' '.join(str(deal).split())}"
    delivery = Delivery.objects.create(
        event=event, channel=Channel.BELL, recipient=me, subject=subject
    )
    for _ in range(2):
        Delivery.objects.filter(pk=delivery.pk).update(
            state=DeliveryState.WAITING, next_try_at=event.at
        )
        assert deliver_due().delivered == 1
    (group,) = groups_of(client_of(me))
    assert group["deal"]["name"] == "Two\nlines"
    assert [(each["title"], each["read_at"]) for each in group["entries"]] == [
        ("Assigned to you", None)
    ]


def test_deals_with_something_unread_come_first_then_the_newest():
    me = UserFactory()
    old, new, read = (OpportunityFactory(name=name) for name in ("old", "new", "read"))
    entry(me, old, 1)
    entry(me, new, 2)
    entry(me, new, 3, read_at=NOON)
    entry(me, read, 9, read_at=NOON)
    entry(me, minutes=4, name="sync.finished")
    entry(UserFactory(), old, 5)
    found = groups_of(client_of(me))
    assert names(found) == [None, "new", "old", "read"]
    assert [(group["unread"], group["count"]) for group in found] == [
        (1, 1),
        (1, 2),
        (1, 1),
        (0, 1),
    ]


def test_mentions_and_unread_ones_can_be_seen_alone():
    me, deal, other = UserFactory(), OpportunityFactory(name="a"), OpportunityFactory(name="b")
    entry(me, deal, name="comment.written", read_at=NOON)
    entry(me, other)
    client = client_of(me)
    assert names(groups_of(client, show="mentions")) == ["a"]
    assert names(groups_of(client, show="unread")) == ["b"]
    assert client.get(URL, {"show": "what"}).status_code == 400


def test_a_cursor_leads_through_all_of_them():
    me = UserFactory()
    for minute in range(45):
        entry(me, OpportunityFactory(), minute, read_at=NOON if minute % 2 else None)
    client, cursor, found = client_of(me), None, []
    while True:
        answer = client.get(URL, {"cursor": cursor} if cursor else {}).json()
        found += names(answer["groups"])
        if not (cursor := answer["next_cursor"]):
            break
    assert len(found) == len(set(found)) == 45
    assert client.get(URL, {"cursor": "made up"}).status_code == 400


@pytest.mark.parametrize(
    ("order", "left"), [("ids", ["b", "b"]), ("deal", ["b", "b"]), ("all", [])]
)
def test_they_are_marked_as_read_one_by_one_by_deal_or_all_at_once(order, left):
    me, a, b = UserFactory(), OpportunityFactory(name="a"), OpportunityFactory(name="b")
    first, other = entry(me, a), entry(UserFactory(), b)
    entry(me, b, 1), entry(me, b, 2)
    client = client_of(me)
    assert client.get(f"{URL}/unread").json() == {"unread": 3}
    body = {"ids": [str(first.pk), str(other.pk)], "deal": str(a.pk), "all": True}[order]
    answer = client.post(f"{URL}/read", {order: body}, format="json")
    assert answer.json() == {"unread": len(left)}
    unread = BellEntry.objects.filter(user=me, read_at=None)
    assert [each.deal.name for each in unread] == left
    assert BellEntry.objects.get(pk=other.pk).read_at is None


def test_all_that_is_about_no_deal_is_marked_by_a_deal_of_null():
    me, deal = UserFactory(), OpportunityFactory(name="a")
    entry(me, deal)
    for minute in range(12):
        entry(me, minutes=minute, name="sync.finished")
    answer = client_of(me).post(f"{URL}/read", {"deal": None}, format="json")
    assert answer.json() == {"unread": 1}
    assert BellEntry.objects.get(read_at=None).deal == deal


@pytest.mark.parametrize(
    "body", [{}, {"ids": ["1"], "all": True}, {"all": False}, {"deal": ""}, {"ids": None}]
)
def test_an_order_to_read_says_exactly_what(body):
    answer = client_of(UserFactory()).post(f"{URL}/read", body, format="json")
    assert answer.status_code == 400


def test_a_deal_that_one_may_no_longer_see_is_not_told_of(settings):
    settings.RESTRICT_VISIBILITY = True
    me = UserFactory(roles=[Role.SA], practices=["Cloud"])
    entry(me, OpportunityFactory(practice="Cloud"))
    assert len(groups_of(client_of(me))) == 1
    me.practice_memberships.all().delete()
    client = client_of(type(me).objects.get(pk=me.pk))
    assert groups_of(client) == []
    assert client.get(f"{URL}/unread").json() == {"unread": 0}


def test_a_page_costs_the_same_queries_for_any_number_of_entries(django_assert_num_queries):
    me = UserFactory()
    for minute in range(30):
        entry(me, OpportunityFactory(), minute)
    client = client_of(me)
    client.get(URL)
    with django_assert_num_queries(2):
        client.get(URL)
    with django_assert_num_queries(1):
        client.get(f"{URL}/unread")
