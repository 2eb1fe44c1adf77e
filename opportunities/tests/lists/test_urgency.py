"""Lists by urgency: the next date that counts comes first, in every tab and on every page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from opportunities.domain.states import WorkflowStatus
from opportunities.lists.tabs import TAB_BY_NAME
from opportunities.models import Opportunity
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities"
S = WorkflowStatus
NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
TODAY = NOW.date()


def ids_of(client, **asked):
    """Walk through all pages by their cursors."""
    found, cursor = [], {}
    while True:
        query = {"ordering": "urgency", "page_size": 4, **asked, **cursor}
        answer = client.get(URL, query).json()
        found += answer["results"]
        if answer["next_cursor"] is None:
            return found
        cursor = {"cursor": answer["next_cursor"]}


@pytest.fixture
def reader():
    """Somebody with a deal of each state: overdue twice, in time, and without a date."""
    user = UserFactory()
    for place, status in enumerate(S):
        for days in (-9 + place / 3, 2 + place / 3, -3 + place / 3, None):
            OpportunityFactory(
                workflow_status=status,
                assigned_sa=user,
                due_at=None if days is None else NOW + days * DAY,
                hold_review_on=None if days is None else TODAY + days * DAY,
            )
    return user


@pytest.mark.parametrize("tab", TAB_BY_NAME)
def test_overdue_deals_are_first_in_the_order_of_their_dates(reader, tab):
    rows = ids_of(client_of(reader), tab=tab)
    dates = dict(Opportunity.objects.values_list("pk", "next_date"))
    shown = [dates[int(row["id"])] for row in rows]
    dated = [each for each in shown if each]
    assert dated == sorted(dated)
    assert shown == dated + [None] * (len(shown) - len(dated))
    late = {row["id"] for row in rows if row["clock"] == "OVERDUE"}
    past = [row["id"] for row, each in zip(rows, shown, strict=True) if each and each < NOW]
    assert late <= set(past)
    assert past == [row["id"] for row in rows[: len(past)]]
    assert (
        len(rows)
        == len({row["id"] for row in rows})
        == Opportunity.objects.filter(TAB_BY_NAME[tab].condition(reader)).count()
    )


def test_of_equal_dates_the_newer_deal_is_first(reader):
    Opportunity.objects.update(workflow_status=S.NEW, due_at=NOW, hold_review_on=None)
    rows = [int(row["id"]) for row in ids_of(client_of(reader))]
    assert rows == sorted(rows, reverse=True)


EARLY, LATE = date(2027, 3, 1), date(2027, 5, 1)


def at(day):
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "values", "expected"),
    [
        (S.IN_REVIEW, {"due_at": at(EARLY), "bid_due_on": LATE}, at(EARLY)),
        (S.IN_REVIEW, {"due_at": at(LATE), "bid_due_on": EARLY}, at(EARLY) + DAY),
        (S.IN_REVIEW, {"due_at": None, "bid_due_on": EARLY}, at(EARLY) + DAY),
        (S.IN_REVIEW, {"due_at": at(LATE), "bid_due_on": None}, at(LATE)),
        (S.CONDITIONAL, {"due_at": at(LATE), "bid_due_on": EARLY}, at(LATE)),
        (S.ON_HOLD, {"due_at": at(EARLY), "hold_review_on": LATE}, at(LATE) + DAY),
        (S.ON_HOLD, {"due_at": at(EARLY), "hold_review_on": None}, None),
        (S.NO_BID, {"due_at": at(EARLY), "bid_due_on": EARLY}, None),
        (S.CLOSED_IN_CRM, {"due_at": at(EARLY), "bid_due_on": EARLY}, None),
    ],
)
def test_the_date_that_counts_is_that_of_the_state(status, values, expected):
    row = OpportunityFactory(workflow_status=status, **values)
    assert Opportunity.objects.get(pk=row.pk).next_date == expected


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite sorts empty values itself")
def test_a_page_by_urgency_reads_the_index_on_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = Opportunity.objects.order_by("next_date", "-id")[:50].explain()
    assert "Index Scan using opp_most_urgent" in plan
