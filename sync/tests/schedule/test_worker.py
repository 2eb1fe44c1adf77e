"""`manage.py schedule run`, the clock of a container."""

import time
from datetime import datetime

import pytest

from sync.schedule import crontab, worker
from sync.schedule.cron_time import cron_zone

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("schedule", "at", "is_due"),
    [
        ("* * * * *", "2026-11-30 10:07", True),
        ("*/5 * * * *", "2026-11-30 10:05", True),
        ("*/5 * * * *", "2026-11-30 10:07", False),
        ("0 0 * * *", "2026-12-01 00:00", True),
        ("0 0 * * *", "2026-12-01 12:00", False),
    ],
)
def test_a_line_is_due_in_its_minutes_and_in_no_other(schedule: str, at: str, is_due: bool):
    assert worker.is_due(schedule, datetime.fromisoformat(at).replace(tzinfo=cron_zone())) is is_due


def test_each_line_of_the_crontab_is_started_in_its_minute(tmp_path, settings, monkeypatch):
    settings.SYNC_JOB_LOG = tmp_path / "logs" / "sync.log"
    settings.CRONTAB_PYTHON_EXECUTABLE = "/bin/echo"
    settings.CRONJOBS = [("* * * * *", "each.minute"), ("0 0 29 2 *", "nearly.never")]
    crontab.make_job_log()
    slept: list[float] = []

    def sleep_once(seconds: float) -> None:
        if slept:
            raise KeyboardInterrupt
        slept.append(seconds)

    monkeypatch.setattr(worker.time, "sleep", sleep_once)
    with pytest.raises(KeyboardInterrupt):
        worker.run_schedule()
    monkeypatch.undo()
    assert 0 <= slept[0] <= 60
    ends_at = time.monotonic() + 10
    while not (started := settings.SYNC_JOB_LOG.read_text().splitlines()):
        assert time.monotonic() < ends_at
    assert len(started) == 1
    assert "crontab run" in started[0]
