"""The benchmark from end to end, with few rows and without dlt; its times mean nothing here."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.stand import PROJECT
from bench.tests.needs import skip_without_postgres
from sync.tests.reliability.depth import NIGHTLY

pytestmark = NIGHTLY
ROWS = 600


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    skip_without_postgres()
    file: Path = tmp_path_factory.mktemp("bench") / "report.json"
    subprocess.run(
        [sys.executable, "-m", "bench", "--rows", str(ROWS), "--repeat", "1", "--latency-ms", "0",
         "--only", "full", "incremental", "--peers", "floor", "ours", "literal",
         "--json", str(file)],
        cwd=PROJECT, check=True, timeout=300,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def runs(report: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {run["peer"]: run for run in report["runs"] if run["kind"] == kind}


def test_every_peer_fills_the_mirror(report: dict[str, Any]) -> None:
    written = {peer: run["written"] for peer, run in runs(report, "first full").items()}

    assert written == {"floor": ROWS, "ours": ROWS, "literal": ROWS}


def test_our_second_full_sync_writes_nothing_and_the_floors_writes_all(
    report: dict[str, Any],
) -> None:
    written = {peer: run["written"] for peer, run in runs(report, "unchanged full").items()}

    assert written == {"floor": ROWS, "ours": 0}


def test_an_incremental_sync_writes_the_changed_rows_and_their_history(
    report: dict[str, Any],
) -> None:
    run = runs(report, "incremental, 1 % changed")["ours"]

    assert run["written"] == 2 * ROWS // 100
