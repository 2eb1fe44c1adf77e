from datetime import UTC, datetime, timedelta

import pytest

from opportunities.api.detail import LATEST_CHANGES
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 1, tzinfo=UTC)


def note_changes(opportunity, many):
    for number in range(many):
        opportunity.changes.create(
            field="stage", old=str(number), new=str(number + 1), at=START + timedelta(days=number)
        )


def test_an_opportunity_comes_with_its_latest_changes_newest_first():
    deal = OpportunityFactory()
    note_changes(deal, 2)
    note_changes(OpportunityFactory(), 1)
    changes = any_user().get(f"/api/opportunities/{deal.pk}").json()["latest_changes"]
    assert changes == [
        {"field": "stage", "old": "1", "new": "2", "at": "2026-11-02T00:00:00Z", "sync_id": None},
        {"field": "stage", "old": "0", "new": "1", "at": "2026-11-01T00:00:00Z", "sync_id": None},
    ]


def test_many_changes_cost_no_more_queries_than_few(django_assert_num_queries):
    client = any_user()
    client.get("/api/opportunities/1")  # Who somebody is costs one query, asked once.
    for many in (3, 60):
        deal = OpportunityFactory(assigned_sa=UserFactory())
        note_changes(deal, many)
        with django_assert_num_queries(3):
            changes = client.get(f"/api/opportunities/{deal.pk}").json()["latest_changes"]
        assert len(changes) == min(many, LATEST_CHANGES)


@pytest.mark.parametrize("key", ["1", "9" * 40, "abc", "-1", "1.5"])
def test_an_opportunity_that_is_not_there_is_not_found(key):
    answer = any_user().get(f"/api/opportunities/{key}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nobody_makes_replaces_or_removes_an_opportunity(method):
    deal = OpportunityFactory()
    for address in ("/api/opportunities", f"/api/opportunities/{deal.pk}"):
        assert getattr(any_user(), method)(address, {"name": "other"}).status_code == 405
