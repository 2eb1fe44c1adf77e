"""Every fault and every tenant, alone and two at a time: the run ends as it should, and the
next ones heal.

P1 of the properties (after any fault and a clean run, mirror = source), with P2, P3, P7, P9.
"""

import json
import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from opportunities.models import Opportunity
from sync.engine.messages import NOTHING_VISIBLE
from sync.engine.verify import verify
from sync.models import RejectedRecord, SyncLog, SyncStatus, SyncType
from sync.tests.late_readers import await_late_readers
from sync.tests.migrated_template import begin_with_migrated_tables
from sync.tests.misbehaving_oracle.faults import FAULTS
from sync.tests.misbehaving_oracle.habits import VARIATIONS
from sync.tests.refusals import an_hour_passes
from sync.tests.reliability.decisions import (
    CLOSED_IN_ORACLE,
    Decision,
    decide_here,
    decisions,
)
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
from sync.tests.reliability.tenant_table import (
    KEYS_ARE_REFUSED,
    NOT_MET,
    TENANTS,
    USUAL,
    tenant_ending,
    tenant_says,
)
from sync.tests.simulator_process import OracleSimulator

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


class Case(NamedTuple):
    """A mode of reading, the faults it meets, and at which tenant."""

    mode: str
    faults: tuple[str, ...] = ()
    tenant: str = USUAL

    def __str__(self) -> str:
        return " ".join(filter(None, (self.mode, *self.faults, self.tenant)))


ALONE = [Case(mode, (fault,)) for fault in ENDINGS for mode in MODES]
IN_OTHER_FORMS = [Case(mode, (fault,)) for fault in OTHER_FORMS for mode in MODES]
ALL_PAIRS = [Case(mode, pair) for pair in combinations(ENDINGS, 2) for mode in MODES]
OTHER_TENANTS = [tenant for tenant in TENANTS if tenant != USUAL]
AT_OTHER_TENANTS = [Case(mode, tenant=tenant) for tenant in OTHER_TENANTS for mode in MODES]
ALL_WITH_TENANTS = [
    Case(mode, (fault,), tenant) for tenant in OTHER_TENANTS for fault in ENDINGS for mode in MODES
]
STEP = 17
# For sixty records; a reading that would go on for ever is ended by a timeout, at a thousand.
MOST_REQUESTS = 400
LARGE_PAGE = 40


def sampled_pairs() -> Iterator[Case]:
    """Each fault with the one some places on, which is of another kind."""
    faults, modes = [*ENDINGS], [*MODES]
    for n, fault in enumerate(faults):
        other = faults[(n + STEP) % len(faults)]
        first, second = sorted((fault, other), key=faults.index)
        yield Case(modes[n % len(modes)], (first, second))


def sampled_with_tenants() -> Iterator[Case]:
    """Each tenant with a fault of its own."""
    faults, modes = [*ENDINGS], [*MODES]
    for n, tenant in enumerate(OTHER_TENANTS):
        yield Case(modes[n % len(modes)], (faults[n * STEP % len(faults)],), tenant)


def in_modes_by_turns(cases: list[Case], count: int) -> list[Case]:
    """Of cases that come in each mode, so many modes of each; of the next one, others."""
    size = len(MODES)
    return [case for n, case in enumerate(cases) if (n + n // size) % size < count]


CASES = (
    [*ALONE, *IN_OTHER_FORMS, *ALL_PAIRS, *AT_OTHER_TENANTS, *ALL_WITH_TENANTS]
    if IS_FULL
    else [
        *in_modes_by_turns(ALONE, 1),
        *in_modes_by_turns(IN_OTHER_FORMS, 1),
        *sampled_pairs(),
        *sampled_with_tenants(),
    ]
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
        begin_with_migrated_tables()


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


def test_every_variation_stands_in_the_table() -> None:
    habits = {habit.partition(":")[0] for tenant in TENANTS for habit in tenant.split()}
    assert habits | NOT_MET == VARIATIONS.keys()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_run_ends_as_it_should_and_the_next_ones_heal(
    moved_on: OracleSimulator, decided: dict[str, Decision], settings: Settings, case: Case
) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_CONCURRENCY = MODES[case.mode]
    for name, value in TENANTS[case.tenant].settings.items():
        setattr(settings, name, value.format(url=moved_on.url))
    before, former_watermark = mirrored(here), SyncLog.objects.watermark()
    moved_on.tenant(*case.tenant.split())
    moved_on.faults(*case.faults)
    log = SyncLog.objects.get(pk=sync(sync_type=SyncType.FULL).pk)
    moved_on.faults()
    an_hour_passes()
    # What heals is the same on pages of any size.
    settings.ORACLE_PAGE_SIZE = LARGE_PAGE
    record(case, log)

    assert ending(log) in expected_endings(case), log.error_message
    if not case.faults:
        assert any(tenant_says(case.mode, case.tenant) in remark for remark in [*log.remarks, ""])
    assert log.requests < MOST_REQUESTS
    assert_counts_add_up(log, before)
    assert_nothing_present_is_flagged(moved_on)
    if ending(log) is Ending.STOPS:
        assert SyncLog.objects.watermark() == former_watermark
    if tenant_ending(case.mode, case.tenant) is not Ending.SUCCESS:
        moved_on.tenant()
    assert_the_next_runs_heal(moved_on, case)
    assert decided.items() <= decisions(here).items()


def expected_endings(case: Case) -> set[Ending]:
    at_least = tenant_ending(case.mode, case.tenant)
    endings = {max(at_least, each) for each in endings_of(case.mode, *case.faults)}
    if case.faults and "nameless-400" in case.tenant:
        # What a refusal is about is found out by asking for records that nobody takes in.
        endings.add(at_least)
    lacks_ids = any(fault.startswith("missing-id") for fault in case.faults)
    if lacks_ids and case.tenant.startswith(KEYS_ARE_REFUSED):
        # Such a list cannot be asked whether it shows what it did not bring.
        endings.add(Ending.LEFT_OUT)
    return endings


def ending(log: SyncLog) -> Ending:
    if log.status == SyncStatus.SUCCESS:
        assert not log.error_message
        return Ending.SUCCESS
    assert log.error_message
    was_whole = "Reading Oracle's list missed" not in log.error_message
    if log.status == SyncStatus.PARTIAL and was_whole and "left out" in log.error_message:
        return Ending.LEFT_OUT
    if log.status == SyncStatus.PARTIAL and was_whole and "rejected" in log.error_message:
        return Ending.REJECTS
    # What a list that shows nothing leaves out may be shown when asked for, and is then imported.
    is_worth_something = log.pages and log.error_message != NOTHING_VISIBLE
    assert log.status == (SyncStatus.PARTIAL if is_worth_something else SyncStatus.FAILED)
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


def assert_the_next_runs_heal(oracle: OracleSimulator, case: Case) -> None:
    tenant = TENANTS[case.tenant]
    assert_succeeds(sync())
    if not (only_a_full_run_sees(case.mode, *case.faults) or hides_changes(case)):
        # Only a full run may notice that a record is gone.
        unlike = differences(oracle.rows(), here, but=tenant.lacks)
        assert set(unlike.values()) <= {"only in the mirror"}
    assert_succeeds(sync(sync_type=SyncType.FULL))
    unlike = differences(oracle.rows(), here, but=tenant.lacks)
    assert not unlike.keys() - out_of_sight(oracle, case)
    assert not RejectedRecord.objects.awaiting().exclude(remote_id=None).exists()
    assert verify().is_equal or tenant.hides_closings
    again = sync(sync_type=SyncType.FULL)
    assert again.total_fetched == again.unchanged_records


def hides_changes(case: Case) -> bool:
    """Whether something may be stamped before the watermark that no list had shown."""
    is_partly_read = tenant_ending(case.mode, case.tenant) is Ending.LEFT_OUT
    return TENANTS[case.tenant].hides_closings or (is_partly_read and bool(case.faults))


def out_of_sight(oracle: OracleSimulator, case: Case) -> set[str]:
    """The closed deals that no list shows: those never seen and, if faults change them, all."""
    if not TENANTS[case.tenant].hides_closings:
        return set()
    mirror, rows = mirrored(here), oracle.rows()
    closed = {str(row["OptyId"]) for row in rows if row["StatusCode"] in CLOSED_IN_ORACLE}
    if not case.faults:
        return closed - mirror.keys()
    return closed | {each for each in mirror if mirror[each]["crm_status"] in CLOSED_IN_ORACLE}


def assert_succeeds(log: SyncLog) -> None:
    assert log.status == SyncStatus.SUCCESS, log.error_message


def record(case: Case, log: SyncLog) -> None:
    """One line a case into the file that RELIABILITY_TABLE names, for docs and reports."""
    if path := os.environ.get("RELIABILITY_TABLE"):
        counts = ("total_fetched", "new_records", "updated_records", "unchanged_records")
        counts += ("failed_records", "removed_records", "pages", "requests", "retries")
        line = {**case._asdict(), "status": log.status, "said": log.error_message}
        line |= {"remarks": log.remarks, "absent": log.absent_attributes}
        line |= {name: getattr(log, name) for name in counts}
        with Path(path).open("a") as table:
            table.write(json.dumps(line) + "\n")
