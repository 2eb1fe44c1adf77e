"""Whatever order writers commit in: the base and the feed together are what there is.

A thousand histories: RELIABILITY=full pytest opportunities/tests/feed/test_histories.py
"""

from contextlib import closing

import psycopg2
import pytest

from assessments.tests.factories import SCREEN, bid_manager
from opportunities.models import FeedPosition, Opportunity
from opportunities.tests.factories import OpportunityFactory
from opportunities.tests.feed.histories import DEALS, IS_POSTGRES, History, writers
from opportunities.tests.feed.reader import Reader, feed_client
from opportunities.workflow.services import opportunity_comment
from sync.tests.migrated_template import url_of
from sync.tests.reliability.depth import IS_FULL

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.postgres_by_day
def test_base_and_feed_are_what_there_is_byte_for_byte():
    opportunity_comment(opportunity=OpportunityFactory(), by=bid_manager(), text="Hm", **SCREEN)
    client = feed_client()
    with writers() as made:
        for seed in range(1000 if IS_FULL else 24):
            lacking = DEALS - Opportunity.objects.count()
            OpportunityFactory.create_batch(max(lacking, 0))
            reader = Reader(client)
            History(seed, reader, made).run()
            assert reader.known == Reader(client).read_base().known, f"history {seed}"
            assert sorted(reader.known) == there_is(), f"history {seed}"


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has one writer at a time")
def test_what_runs_in_another_database_holds_nothing_back():
    reader = Reader().read_base()
    with closing(psycopg2.connect(url_of("postgres"))) as elsewhere:
        elsewhere.cursor().execute("SELECT pg_current_xact_id()")
        OpportunityFactory()
        assert len(reader.page()["changes"]) == 1


def there_is():
    positions = FeedPosition.objects.filter(is_gone=False)
    return sorted(f"{each.kind}:{each.object_id}" for each in positions)


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has one writer at a time")
def test_a_transaction_that_commits_late_is_not_passed_by():
    early, late = OpportunityFactory.create_batch(2)
    reader = Reader().read_base()
    with writers() as (writer, *_):
        writer.write("UPDATE opportunities SET name = 'Late' WHERE id = %s", late.pk)
        Opportunity.objects.filter(pk=early.pk).update(name="Early")
        # What is committed waits for what began before it.
        assert reader.page()["changes"] == []
        writer.commit()
    reader.follow()
    assert [each["state"]["name"] for each in reader.seen] == ["Late", "Early"]
