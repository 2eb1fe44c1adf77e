"""Oracle was restored from a backup: what it shows now has older stamps than the mirror has."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.progress import Progress
from sync.engine.refresh import refresh_opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import OpportunityChange, SyncLog, SyncStatus, SyncType
from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

RESTORED = {
    "OptyId": 7,
    "Name": "As it was",
    "StatusCode": "OPEN",
    "LastUpdateDate": (NOON - DAY).isoformat(),
}


def sync(**order: object) -> SyncLog:
    return run_sync(SyncRequest(**order)).log


@pytest.fixture
def restored(oracle: OracleSimulator) -> OracleSimulator:
    """The mirror has a deal as it was won at noon, Oracle as it was open a day before."""
    oracle.serve(
        [oracle_item(OptyId=7, Name="Won", StatusCode="WON", LastUpdateDate=NOON.isoformat())]
    )
    sync()
    oracle.edit(RESTORED)
    return oracle


READINGS: dict[str, Callable[[], object]] = {
    "--full": lambda: sync(sync_type=SyncType.FULL),
    "--only": lambda: sync(only=("7",)),
    "--since": lambda: sync(since=NOON - 2 * DAY),
    "a refresh": lambda: refresh_opportunity("7"),
}


@pytest.mark.parametrize("name", READINGS)
def test_who_asks_for_it_gets_what_oracle_shows_now(restored: OracleSimulator, name: str) -> None:
    READINGS[name]()
    deal = Opportunity.objects.get()
    assert (deal.name, deal.crm_status, deal.crm_updated_at) == ("As it was", "OPEN", NOON - DAY)
    assert deal.workflow_status == "NEW"
    change = OpportunityChange.objects.get(field="name")
    assert (change.old, change.new) == ("Won", "As it was")


@pytest.mark.parametrize("name", READINGS)
def test_a_second_reading_changes_nothing_more(restored: OracleSimulator, name: str) -> None:
    READINGS[name]()
    before = Opportunity.objects.values().get()
    READINGS[name]()
    assert Opportunity.objects.values().get() == before


def test_a_dry_run_says_so(restored: OracleSimulator) -> None:
    run = run_sync(SyncRequest(sync_type=SyncType.FULL, dry_run=True))
    (change,) = run.would_write.changes
    assert change.diff["name"] == ("Won", "As it was")
    assert Opportunity.objects.get().name == "Won"


def test_what_changed_since_is_no_older_stamp(
    restored: OracleSimulator, settings: Settings
) -> None:
    settings.SYNC_OVERLAP_S = int((2 * DAY).total_seconds())
    assert (sync().sync_type, Opportunity.objects.get().name) == (SyncType.INCREMENTAL, "Won")


class AfterFirstPage(Progress):
    """Does something when the first page is written, while others are read or are yet to be."""

    def __init__(self, then: Callable[[], object]) -> None:
        self._then = then

    def page_done(self, log: SyncLog) -> None:
        if log.pages == 1:
            self._then()


@pytest.mark.parametrize("order", [{"sync_type": SyncType.FULL}, {"only": ("1", "7")}])
def test_what_somebody_refreshed_since_the_reading_began_stays(
    restored: OracleSimulator, settings: Settings, order: dict[str, object]
) -> None:
    settings.ORACLE_PAGE_SIZE = settings.ORACLE_CONCURRENCY = 1
    restored.edit(oracle_item(OptyId=1))

    def refreshed_and_shown_as_it_was() -> None:
        newest = {"Name": "Newest", "LastUpdateDate": (NOON + HOUR).isoformat()}
        restored.edit({**RESTORED, **newest})
        refresh_opportunity("7")
        restored.edit(RESTORED)

    run = run_sync(SyncRequest(**order), AfterFirstPage(refreshed_and_shown_as_it_was))
    assert (run.log.status, run.log.pages) == (SyncStatus.SUCCESS, 2)
    assert Opportunity.objects.get(remote_id="7").name == "Newest"
    sync(**order)
    assert Opportunity.objects.get(remote_id="7").name == "As it was"


def test_changes_below_the_former_watermark_come_after_a_full_run(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.SYNC_OVERLAP_S = 0
    oracle.clock(NOON.isoformat())
    oracle.serve([oracle_item(OptyId=7, LastUpdateDate=(NOON - HOUR).isoformat())])
    assert sync().watermark == NOON - HOUR
    oracle.clock((NOON - DAY + HOUR).isoformat())
    oracle.edit(RESTORED)
    assert sync(sync_type=SyncType.FULL).watermark == NOON - DAY
    oracle.clock((NOON - DAY + 3 * HOUR).isoformat())
    later = (NOON - DAY + 2 * HOUR).isoformat()
    oracle.edit({"OptyId": 7, "Name": "Since then", "LastUpdateDate": later})
    log = sync()
    assert (log.sync_type, log.updated_records) == (SyncType.INCREMENTAL, 1)
    assert Opportunity.objects.get().name == "Since then"
