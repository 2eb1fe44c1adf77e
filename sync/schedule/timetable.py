"""Tell when cron fires next by the settings, and when a scheduled run reads everything again.

Only a full run finds what Oracle removed, hides, or changed without a new stamp.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.conf import settings
from django.utils import timezone

from sync.models import SyncLog
from sync.schedule.cron_time import cron_zone
from sync.schedule.crontab import crontab_fields


def next_run(zone: ZoneInfo | None = None) -> datetime:
    """Return when cron will fire next, in the zone it goes by."""
    return next(CronSim(crontab_fields(), timezone.now().astimezone(zone or cron_zone())))


def next_full_run() -> datetime | None:
    """Return when cron will first fire for a run that reads everything; None where never."""
    day = full_run_due_on()
    if day is None:
        return None
    # CronSim begins after the moment it is given.
    eve = datetime.combine(day, time.min, cron_zone()) - timedelta(seconds=1)
    return next(CronSim(crontab_fields(), max(eve, timezone.now().astimezone(cron_zone()))))


def is_full_run_due() -> bool:
    day = full_run_due_on()
    return day is not None and day <= today()


def full_run_due_on() -> date | None:
    """Return the day from which on a scheduled run is a full one; None where never.

    Whole days of cron's calendar are counted, so that a run of some minutes at every midnight is
    full each seventh night, and no change of the clocks makes it the eighth.
    """
    if SyncLog.objects.watermark() is None:
        return today()
    if not settings.SYNC_FULL_EVERY_DAYS:
        return None
    last = SyncLog.objects.last_that_read_everything()
    if last is None:
        return today()
    day = last.started_at.astimezone(cron_zone()).date()
    return day + timedelta(days=settings.SYNC_FULL_EVERY_DAYS)


def today() -> date:
    return timezone.now().astimezone(cron_zone()).date()
