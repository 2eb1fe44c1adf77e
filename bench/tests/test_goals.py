"""The run of all goals: what is recorded, and what the docs show of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.goals import history, page
from bench.goals.history import Line
from bench.goals.parts import Parts
from bench.scratch_postgres import Server
from bench.stand import PROJECT
from bench.targets import Target
from bench.tests.needs import skip_without_postgres
from sync.tests.reliability.depth import NIGHTLY

FIRST, SECOND = ({"date": f"2026-12-0{day}"} for day in (1, 2))


def test_the_docs_show_the_history() -> None:
    """Else run `python -m bench.goals.page`."""
    assert {file: file.read_text() for file in page.pages()} == page.pages()


def test_of_each_part_the_last_run_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    old, new, other = (
        Line(part, Target("a goal", measured, 2, peers="dlt 3 s"), run)
        for part, measured, run in (("sync", 1, FIRST), ("sync", 3, SECOND), ("web", 1, FIRST))
    )
    for line in (old, other, new):
        history.add([line], file)
    assert history.lines(file) == [old, other, new]
    assert history.newest(history.lines(file)) == [new, other]


def test_a_part_that_fails_is_said_and_does_not_end_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parts, goal = Parts(Server(port=1), where="here"), Target("a goal", 1, 2)
    found = list(
        parts.carried_out({"sync": lambda: iter([goal, 1 / 0]), "web": lambda: iter([goal])})
    )
    assert (found, parts.failed) == ([("web", goal)], ["sync"])
    assert "ZeroDivisionError" in capsys.readouterr().err


@NIGHTLY
def test_the_goals_of_the_web_are_measured() -> None:
    skip_without_postgres()
    options = ("--only", "follow", "web", "--divide-rows", "500", "--rounds", "1")
    done = subprocess.run(
        [sys.executable, "-m", "bench.goals", *options],
        cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "| an idle poll: requests | at most 1 request |  |  |  | 1.00 | yes |" in done.stdout
    assert "| the dashboard, counted anew, 2,000 rows |" in done.stdout
