"""Whoever looks on at a sync never ends it, and never decides its exit code."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.tests.builders import oracle_item
from sync.tests.scratch_database import ScratchDatabase, scratch_database
from sync.tests.simulator_process import OracleSimulator
from sync.tests.sync_process import sync_process

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.shared_out]
FULL_DISK = Path("/dev/full")
LOG = "SELECT status, total_fetched FROM sync_logs"
SMALL_PAGES = {"ORACLE_PAGE_SIZE": "2"}


@pytest.fixture
def database(oracle: OracleSimulator) -> Iterator[ScratchDatabase]:
    oracle.serve([oracle_item(OptyId=n, Name=f"Rocket 🚀 {n}") for n in range(1, 11)])
    with scratch_database() as database:
        yield database


def closed_pipe() -> int:
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def full_disk() -> int:
    if not FULL_DISK.exists():
        pytest.skip("this system has no /dev/full")
    return os.open(FULL_DISK, os.O_WRONLY)


@pytest.mark.parametrize("broken", [closed_pipe, full_disk])
@pytest.mark.parametrize(
    ("streams", "form"), [(("stdout",), ()), (("stderr",), ()), (("stdout", "stderr"), ("--json",))]
)
def test_a_reader_that_went_away_leaves_the_run_as_it_is(
    database: ScratchDatabase,
    oracle: OracleSimulator,
    broken: Any,
    streams: tuple[str, ...],
    form: tuple[str, ...],
) -> None:
    outlets: dict[str, Any] = {name: broken() for name in streams}
    answer = sync_process(database, oracle, *form, LOG_LEVEL="INFO", **SMALL_PAGES, **outlets)
    for outlet in outlets.values():
        os.close(outlet)
    assert database.rows(LOG) == [("SUCCESS", 10)]
    assert answer.returncode == 0


def test_a_partial_run_that_nobody_could_be_told_of_still_exits_with_2(
    database: ScratchDatabase, oracle: OracleSimulator
) -> None:
    oracle.edit(oracle_item(OptyId=11, Name="x" * 5000))
    answer = sync_process(database, oracle, stdout=closed_pipe(), stderr=subprocess.DEVNULL)
    assert answer.returncode == 2
    assert database.rows(LOG) == [("PARTIAL", 11)]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_letter_that_a_terminal_lacks_is_shown_by_its_number(
    database: ScratchDatabase, oracle: OracleSimulator, encoding: str
) -> None:
    answer = sync_process(database, oracle, "--dry-run", PYTHONIOENCODING=encoding)
    assert answer.returncode == 0
    assert r"Rocket \U0001f680 1: new" in answer.stdout
