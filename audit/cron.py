"""Seal the trail each minute, by cron or a timer."""

from audit.heads import write_head_of_the_day
from audit.sealing import seal
from audit.settings_seen import note_settings


def seal_trail() -> int:
    """Seal what has no seal yet, and return how much. cron writes an error into the job log."""
    note_settings("schedule")
    count = seal()
    write_head_of_the_day()
    return count
