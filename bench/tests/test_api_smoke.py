"""The API's benchmark from end to end, with few rows and readers; its times mean nothing here."""

import subprocess
import sys

from bench.stand import PROJECT
from bench.tests.needs import skip_without_postgres
from sync.tests.reliability.depth import NIGHTLY


@NIGHTLY
def test_every_figure_of_the_api_is_measured() -> None:
    skip_without_postgres()
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
