"""deploy/systemd, by systemd's own check, and against the commands that there are."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from sync.tests.migrated_template import PROJECT

pytestmark = pytest.mark.any_database

UNITS = PROJECT / "deploy/systemd"
SERVICES = sorted(UNITS.glob("*.service"))


def test_every_command_is_one_of_ours_and_every_timer_has_its_service():
    lines = [
        line for unit in SERVICES for line in re.findall(r"^ExecStart=.*", unit.read_text(), re.M)
    ]
    assert len(lines) >= len(SERVICES)
    commands = re.findall(r"manage\.py (\w+)", "\n".join(lines))
    assert {*commands} <= get_commands().keys()
    timers = {timer.stem for timer in UNITS.glob("*.timer")}
    assert timers == {unit.stem for unit in SERVICES} - {"bqs-web", "bqs-worker", "bqs-follow"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="There is no systemd here.")
def test_systemd_finds_nothing_wrong(tmp_path: Path):
    shutil.copytree(UNITS, tmp_path, dirs_exist_ok=True)
    for unit in tmp_path.glob("*.service"):
        # Programs are looked for; ours are not installed here.
        unit.write_text(unit.read_text().replace("/opt/bqs/.venv/bin/", "/bin/true "))
    names = [str(each) for each in tmp_path.iterdir() if each.suffix in (".service", ".timer")]
    answer = subprocess.run(
        ["/usr/bin/systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in answer.stderr.splitlines() if "bqs" in line]
    assert (ours, answer.returncode) == ([], 0), answer.stderr
