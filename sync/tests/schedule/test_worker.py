"""`manage.py schedule run`, the clock of a container."""

import time
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim

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


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
@pytest.mark.parametrize("schedule", ["*/5 * * * *", "0 0 * * *", "30 2 * * *", "0 3 * * *"])
def test_where_the_clocks_change_lines_are_started_as_by_cron(monkeypatch, schedule, day):
    monkeypatch.setattr(worker, "cron_zone", lambda: BERLIN)
    midnight = datetime.fromisoformat(day).replace(tzinfo=BERLIN)
    first = midnight.astimezone(UTC)
    minutes = [first + timedelta(minutes=each) for each in range(25 * 60)]
    due = [minute for minute in minutes if worker.is_due(schedule, minute)]
    by_cron = CronSim(schedule, midnight - timedelta(minutes=1))
    fires = takewhile(lambda at: at <= minutes[-1], (at.astimezone(UTC) for at in by_cron))
    assert due == list(fires)


def test_each_line_of_the_crontab_is_started_in_its_minute(tmp_path, settings, monkeypatch):
    settings.SYNC_JOB_LOG = tmp_path / "logs" / "sync.log"
    settings.CRONTAB_PYTHON_EXECUTABLE = "/bin/echo"
    settings.CRONTAB_DJANGO_MANAGE_PATH = "100 %"
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
    assert "100 % crontab run" in started[0]
