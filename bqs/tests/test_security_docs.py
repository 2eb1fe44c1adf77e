"""What docs/security.md and the locked requirements say, is so."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(\S+\.py)::(\w+)`")
PIN = re.compile(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", re.M)


def test_each_test_that_the_checklist_names_is_there():
    named = NAMED.findall((PROJECT / "docs" / "security.md").read_text())
    assert len(named) > 30
    for file, name in named:
        assert f"def {name}(" in (PROJECT / file).read_text(), f"{file}::{name}"


def test_every_line_of_the_checklist_names_a_test_or_says_what_is_not_met():
    page = (PROJECT / "docs" / "security.md").read_text()
    lines = re.findall(r"^\| \d.*\|$", page, re.M)
    assert lines
    for line in lines:
        assert NAMED.search(line) or "**Not met**" in line or "`.ci/run`" in line, line


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_is_locked_with_the_hashes_of_its_files(name):
    wanted = PIN.findall((PROJECT / f"{name}.in").read_text())
    locked = (PROJECT / f"{name}.txt").read_text()
    blocks = re.split(r"\n(?=[\w.-]+==)", locked)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    pins = {_canonical(match[0]): match[1] for match in PIN.findall(locked)}
    for package, version in wanted:
        assert pins[_canonical(package)] == version.rstrip("\\")
    # Nobody's own registry or folder is in it.
    assert not re.search(r"^(--(index|extra|find|trusted)|.*file:/)", locked, re.M)


def _canonical(name):
    return re.sub("[._]", "-", name).lower()
