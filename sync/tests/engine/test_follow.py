"""`sync_oracle --follow`: looks that cost nothing, and runs where there is something new."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import Error as DatabaseFailure
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from opportunities.models import Opportunity
from outbox.models import Event
from sync.engine import follow
from sync.engine.follow import LONGEST_PAUSE_S, MOST_PAGES, RUN_EVERY_S, Follower
from sync.models import OpportunityChange, RefusedLogin, SyncLog, SyncStatus, SyncType, Trigger
from sync.oracle.reading.read_ahead import DEPTH
from sync.safety.watermark import Began
from sync.signals import FINISHED, sync_ended
from sync.tests.builders import oracle_item
from sync.tests.lock_elsewhere import sync_lock_elsewhere
from sync.tests.refusals import an_hour_passes
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

EVERY_S = 15.0
Passes = Callable[[float], None]


def now_stamped(opty_id: int, **more: Any) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return oracle_item(OptyId=opty_id, LastUpdateDate=now, **more)


@pytest.fixture
def time_passes(monkeypatch: pytest.MonkeyPatch) -> Passes:
    """By the clock that says when a run is due."""
    passed = [0.0]
    monkeypatch.setattr(follow.time, "monotonic", lambda: passed[0])

    def passes(seconds: float) -> None:
        passed[0] += seconds

    return passes


@pytest.fixture
def follower(oracle: OracleSimulator, time_passes: Passes) -> Follower:
    """One that has read three deals, and has looked since."""
    oracle.serve([oracle_item(OptyId=n) for n in (1, 2, 3)])
    follower = Follower(EVERY_S, ended=lambda run: None)
    follower.poll()
    assert SyncLog.objects.get().new_records == 3
    oracle.forget_requests()
    return follower


def next_run(follower: Follower, time_passes: Passes) -> SyncLog:
    """Let the one come that is due whatever is new."""
    time_passes(RUN_EVERY_S)
    follower.poll()
    log = SyncLog.objects.first()
    assert log
    return log


def changes() -> list[tuple[str, str | None]]:
    return list(OpportunityChange.objects.order_by("pk").values_list("field", "new"))


# --- looks ----------------------------------------------------------------------------------------


def test_a_look_that_finds_nothing_is_one_request_and_writes_nothing(
    follower: Follower, oracle: OracleSimulator
) -> None:
    with CaptureQueriesContext(connection) as asked:
        for _ in range(20):
            follower.poll()
    assert len(oracle.requests()) == 20
    statements = [query["sql"].split()[0] for query in asked]
    assert {*statements} == {"SELECT", "SAVEPOINT", "RELEASE"}
    assert statements.count("SELECT") == 20 * 3
    assert SyncLog.objects.count() == 1


def test_all_polls_go_over_one_connection(
    follower: Follower, oracle: OracleSimulator, time_passes: Passes
) -> None:
    assert follower._link
    pools = follower._link.session.get_adapter(oracle.url).poolmanager.pools
    (pool,) = [pools[key] for key in pools.keys()]  # noqa: SIM118
    for n in range(4):
        oracle.edit(now_stamped(1, Revenue=n))
        follower.poll()
    next_run(follower, time_passes)
    # A run may look at the schema beside.
    assert pool.num_connections <= 2


def test_a_change_is_in_the_mirror_after_the_next_look_once(
    follower: Follower, oracle: OracleSimulator
) -> None:
    oracle.edit(now_stamped(2, Revenue=4711), now_stamped(9))
    for _ in range(3):
        follower.poll()
    log = SyncLog.objects.latest()
    assert (log.sync_type, log.trigger) == (SyncType.INCREMENTAL, Trigger.FOLLOW)
    assert (log.status, log.new_records, log.updated_records) == (SyncStatus.SUCCESS, 1, 1)
    assert SyncLog.objects.count() == 2
    assert changes() == [("deal_value", "4711.00")]


def test_a_second_edit_within_the_same_second_is_seen_as_well(
    follower: Follower, oracle: OracleSimulator
) -> None:
    edit = now_stamped(2, Revenue=1)
    oracle.edit(edit)
    follower.poll()
    oracle.edit({**edit, "Revenue": 2})
    follower.poll()
    assert changes() == [("deal_value", "1.00"), ("deal_value", "2.00")]


def test_what_a_look_overlooks_comes_with_the_run_that_is_due_anyway(
    follower: Follower, oracle: OracleSimulator, time_passes: Passes
) -> None:
    oracle.edit(now_stamped(1))
    follower.poll()
    minutes_ago = datetime.now(UTC) - timedelta(minutes=9)
    oracle.edit(oracle_item(OptyId=7, LastUpdateDate=minutes_ago.isoformat()))
    follower.poll()
    assert not Opportunity.objects.filter(remote_id="7").exists()
    assert next_run(follower, time_passes).new_records == 1


def test_a_mirror_that_was_emptied_is_read_anew(
    follower: Follower, oracle: OracleSimulator, time_passes: Passes
) -> None:
    Opportunity.objects.all().delete()
    follower.poll()
    assert next_run(follower, time_passes).sync_type == SyncType.FULL
    assert Opportunity.objects.count() == 3


def test_a_change_brings_an_emptied_mirror_back_as_well(
    follower: Follower, oracle: OracleSimulator
) -> None:
    Opportunity.objects.all().delete()
    oracle.edit(now_stamped(1))
    follower.poll()
    assert Opportunity.objects.count() == 3


def test_a_look_at_a_mass_update_that_is_known_reads_few_pages(
    follower: Follower, oracle: OracleSimulator, settings: Settings
) -> None:
    oracle.edit(*(now_stamped(n) for n in range(1, 40)))
    follower.poll()
    settings.ORACLE_PAGE_SIZE, follower._link = 2, None
    oracle.forget_requests()
    follower.poll()
    # Those that were read ahead: by what reads the pages, and by what prepares them.
    most_ahead = 2 * (DEPTH + 1)
    assert MOST_PAGES <= len(oracle.requests()) <= MOST_PAGES + most_ahead < 39 / 2
    assert Opportunity.objects.count() == 39


def test_a_rejected_record_brings_one_run_and_no_more(
    follower: Follower, oracle: OracleSimulator
) -> None:
    oracle.edit(now_stamped(2, Revenue="much"))
    for _ in range(3):
        follower.poll()
    log = SyncLog.objects.latest()
    # The look that saw it, and the run.
    assert (log.status, log.runs) == (SyncStatus.PARTIAL, 2)


# --- rows of the log ------------------------------------------------------------------------------


def test_quiet_runs_of_an_hour_are_one_row_that_counts_them_and_their_looks(
    follower: Follower, oracle: OracleSimulator, time_passes: Passes
) -> None:
    oracle.edit(now_stamped(1, Revenue=1))
    follower.poll()
    first = next_run(follower, time_passes)
    oracle.forget_requests()
    for _ in range(3):
        follower.poll()
        log = next_run(follower, time_passes)
    assert (log.pk, log.runs, log.started_at) == (first.pk, first.runs + 6, first.started_at)
    assert log.requests - first.requests == len(oracle.requests())
    assert log.completed_at > first.completed_at
    assert log.total_fetched == log.unchanged_records == 4
    assert SyncLog.objects.count() == 3


def test_after_an_hour_the_next_row_begins(follower: Follower, time_passes: Passes) -> None:
    first = next_run(follower, time_passes)
    SyncLog.objects.update(started_at=F("started_at") - timedelta(minutes=61))
    assert next_run(follower, time_passes).pk != first.pk


def test_a_run_of_somebody_else_is_never_joined(
    follower: Follower, oracle: OracleSimulator, time_passes: Passes
) -> None:
    next_run(follower, time_passes)
    call_command("sync_oracle", stdout=StringIO())
    next_run(follower, time_passes)
    rows = SyncLog.objects.order_by("pk").values_list("trigger", "runs")
    assert [*rows] == [("FOLLOW", 1), ("FOLLOW", 1), ("COMMAND", 1), ("FOLLOW", 1)]


def test_only_runs_with_something_to_tell_are_told_of(
    follower: Follower, oracle: OracleSimulator, time_passes: Passes
) -> None:
    before = Event.objects.filter(name=FINISHED.name).count()
    next_run(follower, time_passes)
    next_run(follower, time_passes)
    assert Event.objects.filter(name=FINISHED.name).count() == before
    oracle.edit(now_stamped(1, Revenue=1))
    follower.poll()
    assert Event.objects.filter(name=FINISHED.name).count() == before + 1


def test_a_failure_is_a_row_of_its_own_and_its_repetitions_join_it(
    follower: Follower, oracle: OracleSimulator, time_passes: Passes
) -> None:
    quiet = next_run(follower, time_passes)
    oracle.faults("forbidden")
    for _ in range(3):
        failed = next_run(follower, time_passes)
    assert (failed.status, failed.runs) == (SyncStatus.FAILED, 3)
    oracle.faults()
    assert next_run(follower, time_passes).status == SyncStatus.SUCCESS
    assert SyncLog.objects.watermark() == quiet.watermark
    assert SyncLog.objects.count() == 4


def test_a_failure_that_lasts_is_told_once_and_so_is_its_end(
    follower: Follower, oracle: OracleSimulator, time_passes: Passes
) -> None:
    before = Event.objects.filter(name=FINISHED.name).count()
    oracle.faults("forbidden")
    for _ in range(2):
        next_run(follower, time_passes)
        # An hour later it is a row of its own, and no news.
        SyncLog.objects.update(started_at=F("started_at") - timedelta(minutes=61))
        next_run(follower, time_passes)
    assert Event.objects.filter(name=FINISHED.name).count() == before + 1
    oracle.faults()
    next_run(follower, time_passes)
    assert Event.objects.filter(name=FINISHED.name).count() == before + 2


@pytest.mark.parametrize("option", ["--dry-run", "--json", "--accept-removals"])
def test_what_is_said_of_one_run_does_not_go_with_following(option: str) -> None:
    with pytest.raises(CommandError, match=f"leave out {option}"):
        call_command("sync_oracle", "--follow", option)


# --- pace -----------------------------------------------------------------------------------------


def test_it_slows_down_while_oracle_fails_and_comes_back(
    follower: Follower, oracle: OracleSimulator
) -> None:
    assert follower._pause_s == EVERY_S
    oracle.faults("forbidden")
    pauses = []
    for _ in range(8):
        follower.poll()
        pauses.append(follower._pause_s)
    assert pauses[:3] == [2 * EVERY_S, 4 * EVERY_S, 8 * EVERY_S]
    assert pauses[-1] == LONGEST_PAUSE_S
    oracle.faults()
    follower.poll()
    assert follower._pause_s == EVERY_S


def test_it_slows_down_where_oracle_throttles(follower: Follower, oracle: OracleSimulator) -> None:
    oracle.faults("throttle:times=1,seconds=0")
    follower.poll()
    assert follower._pause_s == 2 * EVERY_S
    follower.poll()
    assert follower._pause_s == EVERY_S


def test_it_leaves_a_slow_oracle_four_times_as_long_alone_as_it_asked(
    follower: Follower, time_passes: Passes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_ten_seconds() -> bool:
        time_passes(10)
        return False

    monkeypatch.setattr(follower, "_sees_news", take_ten_seconds)
    follower.poll()
    assert follower._pause_s == 40


def test_a_refused_login_is_left_alone_and_tried_again_after_an_hour(
    follower: Follower, oracle: OracleSimulator
) -> None:
    oracle.faults("unauthorized")
    for _ in range(4):
        follower.poll()
    assert len(oracle.requests()) == 1
    assert SyncLog.objects.latest().error_message.startswith("Oracle was not asked")
    assert SyncLog.objects.count() == 2
    oracle.faults()
    an_hour_passes()
    follower.poll()
    assert SyncLog.objects.latest().status == SyncStatus.SUCCESS
    assert not RefusedLogin.objects.exists()


def test_it_waits_for_its_turn_while_another_sync_runs(
    follower: Follower, oracle: OracleSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each look sees only what came after the one before.
    monkeypatch.setattr(follow, "LOOK_BACK", timedelta(0))
    now = timezone.now()
    follower._began = Began(None, now - timedelta(seconds=9))
    changed_at = now - timedelta(seconds=5)
    oracle.edit(oracle_item(OptyId=1, Revenue=1, LastUpdateDate=changed_at.isoformat()))
    with sync_lock_elsewhere():
        follower.poll()
        assert (follower._pause_s, SyncLog.objects.count()) == (EVERY_S, 1)
    follower.poll()
    assert changes() == [("deal_value", "1.00")]


def test_it_outlives_a_database_that_fails(
    follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseFailure("gone")

    with monkeypatch.context() as broken:
        broken.setattr(follow, "is_left_alone", fail)
        broken.setattr(connection, "close", lambda: None)
        follower.poll()
    assert follower._pause_s == 2 * EVERY_S
    follower.poll()
    assert follower._pause_s == EVERY_S


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def polls(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run the command until a signal ends its third pause; return what it printed."""

    def run(*arguments: str, between: Callable[[], object] = lambda: None) -> str:
        pauses, short_sleep = [], time.sleep

        def pause(seconds: float) -> None:
            if seconds < 1:  # Somebody else's.
                return short_sleep(seconds)
            pauses.append(seconds)
            if len(pauses) == 3:
                raise KeyboardInterrupt
            between()

        monkeypatch.setattr(follow.time, "sleep", pause)
        call_command("sync_oracle", "--follow", *arguments, stdout=(out := StringIO()))
        assert all(0.9 * EVERY_S <= each <= 1.1 * EVERY_S for each in pauses), pauses
        return out.getvalue()

    return run


def test_a_signal_between_two_polls_ends_the_command_well(
    oracle: OracleSimulator, polls: Callable[..., str]
) -> None:
    oracle.serve([oracle_item(OptyId=1)])
    told = []
    sync_ended.connect(receive := lambda **_: told.append(1))
    printed = polls(between=lambda: oracle.edit(now_stamped(1, Revenue=len(told))))
    assert printed.startswith("Following Oracle: a look every 15 s.\nfull sync of ")
    # The first reading, and two changes.
    assert len(told) == printed.count("SUCCESS") == 3
    sync_ended.disconnect(receive)


def test_it_asks_nothing_while_it_rests(
    oracle: OracleSimulator, settings: Settings, polls: Callable[..., str]
) -> None:
    oracle.serve([oracle_item(OptyId=1)])
    settings.SYNC_FOLLOW_RESTS = "* * * * *"
    polls()
    assert oracle.requests() == []
    settings.SYNC_FOLLOW_RESTS = f"* * * * {(timezone.localtime().isoweekday() + 3) % 7}"
    polls()
    assert oracle.requests()
