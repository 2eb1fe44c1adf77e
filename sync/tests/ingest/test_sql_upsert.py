import pytest
from django.db import connection

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.ingest.sql_upsert import lazy_commits
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

AWKWARD = [
    r"\.",
    "first line\n\\.\nlast line",
    r"\N",
    'a "quoted" name, with commas',
    '"',
    "tab\tand\r\nreturn",
    r"back\slash\\es",
    "'; DROP TABLE opportunities; --",
    "100 % of %s and {}",
    "NULL",
    "上海浦东银行 – 🚀",
]


def test_every_text_is_stored_as_it_was_sent(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=n, Name=name) for n, name in enumerate(AWKWARD, 1)])
    run_sync(SyncRequest())
    stored = Opportunity.objects.order_by("id").values_list("remote_id", "name")
    assert dict(stored) == {str(n): name for n, name in enumerate(AWKWARD, 1)}
    assert run_sync(SyncRequest()).log.unchanged_records == len(AWKWARD)


def test_nothing_at_all_is_null_and_what_people_own_begins_with_its_default(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([oracle_item(OptyId=1, TargetPartyName=None, Revenue=None, EffectiveDate=" ")])
    run_sync(SyncRequest())
    opportunity = Opportunity.objects.get()
    assert (opportunity.customer, opportunity.deal_value, opportunity.close_date) == (None,) * 3
    assert (opportunity.workflow_status, opportunity.status_before_close) == ("NEW", "")
    assert (opportunity.assigned_sa, opportunity.sa_notes, opportunity.extra) == (None, "", {})


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such setting")
def test_commits_wait_for_the_disk_again_after_the_pages() -> None:
    def setting() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return str(cursor.fetchone()[0])

    before = setting()
    with lazy_commits():
        assert setting() == "off"
    assert setting() == before
