"""By the schedule everything is read again every SYNC_FULL_EVERY_DAYS."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from pytest_django import Settings

from opportunities.models import Opportunity
from opportunities.tests.admin_clients import solution_architect
from opportunities.tests.api_clients import any_user
from sync.engine.request import SyncRequest, reading_for
from sync.models import SyncLog
from sync.schedule import timetable
from sync.schedule.cron import nightly_sync
from sync.tests.builders import oracle_item
from sync.tests.crontabs import crontab_of
from sync.tests.factories import SyncLogFactory
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2027, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def kinds() -> list[str]:
    return [log.sync_type for log in SyncLog.objects.order_by("pk")]


def nights(count: int, first: datetime = MIDNIGHT) -> None:
    """The schedule's job at midnight, some seconds late now and then."""
    for night in range(count):
        late = timedelta(seconds=3 if night % 2 == 0 else 1)
        with time_machine.travel(first + night * DAY + late, tick=False):
            nightly_sync()


def a_full_run(**more: object) -> SyncLog:
    return SyncLogFactory(
        **{"sync_type": "FULL", "started_at": MIDNIGHT, "watermark": MIDNIGHT, **more}
    )


def is_full_by_the_schedule(now: datetime, **more: object) -> bool:
    with time_machine.travel(now, tick=False):
        return reading_for(SyncRequest(trigger="CRON", **more)).is_full


# --- which run is a full one --------------------------------------------------------------------


def test_each_seventh_night_is_full(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item()])
    nights(16)
    full = [night for night, kind in enumerate(kinds()) if kind == "FULL"]
    assert full == [0, 7, 14]


def test_what_oracle_removed_is_found_by_the_seventh_night(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=1), oracle_item(OptyId=2)])
    nights(1)
    oracle.remove(1)
    nights(6, MIDNIGHT + DAY)
    assert not Opportunity.objects.exclude(removed_in_crm_at=None).exists()
    nights(1, MIDNIGHT + 7 * DAY)
    assert Opportunity.objects.exclude(removed_in_crm_at=None).get().remote_id == "1"


def test_zero_switches_it_off(settings: Settings) -> None:
    settings.SYNC_FULL_EVERY_DAYS = 0
    a_full_run()
    assert not is_full_by_the_schedule(MIDNIGHT + 400 * DAY)


@pytest.mark.parametrize(
    ("days", "after", "is_full"),
    [(1, DAY, True), (2, DAY, False), (7, 6.9 * DAY, False), (7, 7 * DAY, True)],
)
def test_whole_days_count(settings: Settings, days: int, after: timedelta, is_full: bool) -> None:
    settings.SYNC_FULL_EVERY_DAYS = days
    a_full_run(started_at=MIDNIGHT + timedelta(minutes=4))
    assert is_full_by_the_schedule(MIDNIGHT + after) is is_full


@pytest.mark.parametrize("changes_on", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_change_of_the_clocks_makes_no_night_the_eighth(
    monkeypatch: pytest.MonkeyPatch, changes_on: date
) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    monkeypatch.setattr(timetable, "cron_zone", lambda: berlin)
    begun = datetime(changes_on.year, changes_on.month, changes_on.day - 3, 1, 30, tzinfo=berlin)
    a_full_run(started_at=begun.astimezone(UTC), watermark=begun)
    assert not is_full_by_the_schedule((begun + 6 * DAY).astimezone(UTC))
    assert is_full_by_the_schedule((begun + 7 * DAY).astimezone(UTC))


@pytest.mark.parametrize("trigger", ["COMMAND", "API", "ADMIN"])
def test_who_asks_without_words_gets_what_changed(trigger: str) -> None:
    a_full_run()
    with time_machine.travel(MIDNIGHT + 30 * DAY):
        assert not reading_for(SyncRequest(trigger=trigger)).is_full


def test_the_schedule_may_be_told_to_read_what_changed() -> None:
    a_full_run()
    assert not is_full_by_the_schedule(MIDNIGHT + 30 * DAY, sync_type="INCREMENTAL")


@pytest.mark.parametrize(
    ("run", "counts"),
    [
        ({"status": "SUCCESS"}, True),
        # Some records were rejected, or stand in no list though Oracle shows them.
        ({"status": "PARTIAL"}, True),
        # More are missing than may be flagged unasked: tonight that would be no other.
        ({"status": "PARTIAL", "watermark": None, "removals_waiting": 30}, True),
        # Oracle failed half-way.
        ({"status": "PARTIAL", "watermark": None}, False),
        ({"status": "FAILED", "watermark": None}, False),
        ({"status": "FAILED", "watermark": None, "removals_waiting": 3}, False),
        ({"status": "SUCCESS", "sync_type": "INCREMENTAL"}, False),
    ],
)
def test_a_full_run_counts_if_it_came_to_the_end_of_the_list(
    run: dict[str, object], counts: bool
) -> None:
    a_full_run(started_at=MIDNIGHT - 8 * DAY)
    a_full_run(**{"started_at": MIDNIGHT - DAY, **run})
    assert is_full_by_the_schedule(MIDNIGHT) is not counts


# --- where everything cannot be read ------------------------------------------------------------


def test_what_changed_is_read_where_everything_stopped_half_way(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_PAGE_SIZE = settings.ORACLE_MAX_ATTEMPTS = settings.ORACLE_CONCURRENCY = 1
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 6)])
    nights(1)
    oracle.faults("error-503:after=3,times=1")
    nights(1, MIDNIGHT + 7 * DAY)
    assert kinds() == ["FULL", "FULL", "INCREMENTAL"]
    assert [log.status for log in SyncLog.objects.order_by("pk")][1:] == ["PARTIAL", "SUCCESS"]
    nights(1, MIDNIGHT + 8 * DAY)
    assert kinds()[3:] == ["FULL"]


def test_a_refused_login_is_not_tried_again_for_what_changed(
    oracle: OracleSimulator, settings: Settings
) -> None:
    oracle.serve([oracle_item()])
    nights(1)
    settings.ORACLE_PASSWORD = "no longer right"
    nights(1, MIDNIGHT + 7 * DAY)
    assert kinds() == ["FULL", "FULL"]


# --- when the next one is due -------------------------------------------------------------------


@pytest.fixture
def installed(settings: Settings, tmp_path) -> None:
    settings.SYNC_JOB_LOG = tmp_path / "sync.log"
    crontab_of(settings, tmp_path)
    call_command("schedule", "add", stdout=io.StringIO(), stderr=io.StringIO())


def shown() -> str:
    out = io.StringIO()
    call_command("schedule", "show", stdout=out)
    return out.getvalue()


def next_full() -> str | None:
    answer = any_user().get("/api/sync-status").json()
    return answer["next_full_scheduled_at"]


@pytest.mark.skipif(str(timetable.cron_zone()) not in ("UTC", "Etc/UTC"), reason="times of UTC")
@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("days", "told"), [(0, "2027-03-08T00:00:00Z"), (7, "2027-03-09T00:00:00Z")]
)
def test_the_schedule_says_when_the_next_full_one_is_due(days: int, told: str) -> None:
    a_full_run()
    with time_machine.travel(MIDNIGHT + days * DAY + timedelta(hours=9), tick=False):
        assert next_full() == told
        assert re.search(rf"reads everything: \w+ {told[:10]} 00:00 there", shown())


@pytest.mark.usefixtures("installed")
def test_the_schedule_says_that_none_is_ever_full(settings: Settings) -> None:
    settings.SYNC_FULL_EVERY_DAYS = 0
    a_full_run()
    assert next_full() is None
    assert "SYNC_FULL_EVERY_DAYS is 0: no scheduled run reads everything." in shown()


@pytest.mark.usefixtures("installed")
def test_before_the_first_sync_the_next_is_full_whatever_the_setting_says(
    settings: Settings,
) -> None:
    settings.SYNC_FULL_EVERY_DAYS = 0
    answer = any_user().get("/api/sync-status").json()
    assert answer["next_full_scheduled_at"] == answer["next_scheduled_at"] is not None


def test_the_list_of_runs_says_from_when_on_they_are_full() -> None:
    a_full_run()
    for now, words in (
        (MIDNIGHT + DAY, "The next full sync is due on 8 Mar 2027."),
        (MIDNIGHT + 8 * DAY, "The next scheduled sync reads everything."),
    ):
        with time_machine.travel(now, tick=False):
            status = solution_architect().get("/admin/sync/synclog/status").json()
        assert status["words"].endswith(words)
