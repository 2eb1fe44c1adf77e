"""Seal the trail each minute, from the crontab."""

from audit.heads import write_head_of_the_day
from audit.sealing import seal
from audit.settings_seen import note_settings


def seal_trail() -> None:
    """Seal what has no seal yet. An error ends in the job log: django-crontab writes it there."""
    note_settings("schedule")
    seal()
    write_head_of_the_day()
