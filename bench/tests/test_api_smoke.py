"""The API's benchmark from end to end, with few rows and readers; its times mean nothing here."""

import subprocess
import sys

import pytest

from bench.scratch_postgres import NoPostgres, server_programs
from bench.stand import PROJECT
from sync.tests.reliability.depth import NIGHTLY


@NIGHTLY
def test_every_figure_of_the_api_is_measured() -> None:
    try:
        server_programs()
    except NoPostgres as reason:
        pytest.skip(str(reason))
    options = ("--rows", "200", "--rounds", "1", "--readers", "4", "--seconds", "1")
    done = subprocess.run(
        [sys.executable, "-m", "bench.api", *options],
        cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = [line.split(" | ") for line in done.stdout.splitlines() if line.endswith(" |")]
    names = {line[0].strip("| ") for line in figures}
    assert {"queries of the dashboard", "the last page, times the first"} <= names
    assert len(names - {"target"}) == 8
