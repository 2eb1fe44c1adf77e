"""Every fault alone and two at a time: the run ends as it should, and the next ones heal.

P1 of the properties (after any fault and a clean run, mirror = source), with P2, P3, P7, P9.
"""

import json
import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from opportunities.models import Opportunity
from sync.models import RejectedRecord, SyncLog, SyncStatus, SyncType
from sync.oracle.simulator.faults import FAULTS
from sync.tests.late_readers import await_late_readers
from sync.tests.reliability.decisions import Decision, decide_here, decisions, forget_everything
from sync.tests.reliability.depth import IS_FULL
from sync.tests.reliability.fault_table import (
    ENDINGS,
    MODES,
    OTHER_FORMS,
    Ending,
    endings_of,
    only_a_full_run_sees,
)
from sync.tests.reliability.mirror import EXTRA_FIELDS, differences, here, mirrored
from sync.tests.reliability.scene import made_up_rows, oracle_moves_on, sync
from sync.tests.simulator_process import OracleSimulator
from sync.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

Case = tuple[str, tuple[str, ...]]
"""A mode of reading, and the faults it meets."""

ALONE: list[Case] = [(mode, (fault,)) for fault in ENDINGS for mode in MODES]
IN_OTHER_FORMS: list[Case] = [(mode, (fault,)) for fault in OTHER_FORMS for mode in MODES]
ALL_PAIRS: list[Case] = [(mode, pair) for pair in combinations(ENDINGS, 2) for mode in MODES]
STEP = 17
# For sixty records; a reading that would go on for ever is ended by a timeout, at a thousand.
MOST_REQUESTS = 400


def sampled_pairs() -> Iterator[Case]:
    """Each fault with the one some places on, which is of another kind."""
    faults, modes = [*ENDINGS], [*MODES]
    for n, fault in enumerate(faults):
        other = faults[(n + STEP) % len(faults)]
        first, second = sorted((fault, other), key=faults.index)
        yield modes[n % len(modes)], (first, second)


CASES = (
    [*ALONE, *IN_OTHER_FORMS, *ALL_PAIRS]
    if IS_FULL
    else [*ALONE, *IN_OTHER_FORMS[::2], *sampled_pairs()]
)


@pytest.fixture(scope="module")
def decided(
    oracle_process: OracleSimulator, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, Decision]]:
    """A mirror that people have worked in, to which each test's transaction goes back."""
    await_late_readers()
    oracle_process.reset()
    oracle_process.serve(made_up_rows())
    address = {"ORACLE_BASE_URL": oracle_process.url, "ORACLE_EXTRA_FIELDS": EXTRA_FIELDS}
    with django_db_blocker.unblock(), override_settings(**address):
        assert sync().status == SyncStatus.SUCCESS
        yield decide_here()
        forget_everything()


@pytest.fixture
def moved_on(
    oracle: OracleSimulator, decided: dict[str, Decision], settings: Settings
) -> OracleSimulator:
    """Oracle, which has gone on since, read in small pages and with little patience."""
    settings.ORACLE_EXTRA_FIELDS = EXTRA_FIELDS
    settings.ORACLE_PAGE_SIZE, settings.ORACLE_TIMEOUT_S = 10, 0.4
    settings.ORACLE_MAX_ATTEMPTS, settings.ORACLE_BACKOFF_S = 5, 0.001
    oracle.serve(made_up_rows())
    oracle_moves_on(oracle)
    return oracle


def test_every_fault_stands_in_the_table() -> None:
    assert {fault.partition(":")[0] for fault in ENDINGS} == FAULTS.keys()


@pytest.mark.parametrize(("mode", "faults"), CASES, ids=str)
def test_a_run_ends_as_it_should_and_the_next_ones_heal(
    moved_on: OracleSimulator,
    decided: dict[str, Decision],
    settings: Settings,
    mode: str,
    faults: tuple[str, ...],
) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_CONCURRENCY = MODES[mode]
    before, former_watermark = mirrored(here), SyncLog.objects.watermark()
    moved_on.faults(*faults)
    log = SyncLog.objects.get(pk=sync(sync_type=SyncType.FULL).pk)
    moved_on.faults()
    record(mode, faults, log)

    assert ending(log) in endings_of(mode, *faults), log.error_message
    assert log.requests < MOST_REQUESTS
    assert_counts_add_up(log, before)
    assert_nothing_present_is_flagged(moved_on)
    if ending(log) is Ending.STOPS:
        assert SyncLog.objects.watermark() == former_watermark
    assert_the_next_runs_heal(moved_on, mode, faults)
    assert decided.items() <= decisions(here).items()


def ending(log: SyncLog) -> Ending:
    if log.status == SyncStatus.SUCCESS:
        assert not log.error_message
        return Ending.SUCCESS
    assert log.error_message
    if log.status == SyncStatus.PARTIAL and "rejected" in log.error_message:
        return Ending.REJECTS
    assert log.status == (SyncStatus.PARTIAL if log.pages else SyncStatus.FAILED)
    return Ending.STOPS


def assert_counts_add_up(log: SyncLog, before: dict) -> None:
    """What the log counts is what happened to the rows."""
    after = mirrored(here)
    moved = [
        remote_id
        for remote_id in before.keys() & after.keys()
        if before[remote_id] | STAMP != after[remote_id] | STAMP
    ]
    assert log.new_records == len(after.keys() - before.keys())
    assert log.updated_records == len(moved)
    assert log.removed_records == len(before.keys() - after.keys())
    assert bool(log.failed_records) == RejectedRecord.objects.unresolved().exists()
    made = log.new_records + log.updated_records + log.unchanged_records + log.failed_records
    assert log.total_fetched == made


STAMP = {"crm_updated_at": None}


def assert_nothing_present_is_flagged(oracle: OracleSimulator) -> None:
    flagged = Opportunity.objects.exclude(removed_in_crm_at=None)
    there = {str(item["OptyId"]) for item in oracle.rows()}
    assert not there.intersection(flagged.values_list("remote_id", flat=True))


def assert_the_next_runs_heal(oracle: OracleSimulator, mode: str, faults: tuple[str, ...]) -> None:
    assert sync().status == SyncStatus.SUCCESS
    if not only_a_full_run_sees(mode, *faults):
        # Only a full run may notice that a record is gone.
        assert set(differences(oracle.rows(), here).values()) <= {"only in the mirror"}
    assert sync(sync_type=SyncType.FULL).status == SyncStatus.SUCCESS
    assert not differences(oracle.rows(), here)
    assert not RejectedRecord.objects.awaiting().exclude(remote_id=None).exists()
    assert verify().is_equal
    again = sync(sync_type=SyncType.FULL)
    assert again.total_fetched == again.unchanged_records


def record(mode: str, faults: tuple[str, ...], log: SyncLog) -> None:
    """One line a case into the file that RELIABILITY_TABLE names, for docs and reports."""
    if path := os.environ.get("RELIABILITY_TABLE"):
        counts = ("total_fetched", "new_records", "updated_records", "unchanged_records")
        counts += ("failed_records", "removed_records", "pages", "requests", "retries")
        line = {"mode": mode, "faults": faults, "status": log.status, "said": log.error_message}
        line |= {name: getattr(log, name) for name in counts}
        with Path(path).open("a") as table:
            table.write(json.dumps(line) + "\n")
