"""Add, show, remove or run the schedule of syncs: manage.py schedule."""

from argparse import ArgumentParser
from contextlib import nullcontext, suppress
from datetime import UTC
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFailure

from sync.schedule import crontab, systemd, timetable, worker


class Command(BaseCommand):
    help = (
        "Add, show or remove the schedule of syncs in this user's crontab, or run it without cron; "
        "show systemd's timers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["add", "show", "remove", "run"])

    def handle(self, *, action: str, **_: Any) -> None:
        try:
            getattr(self, action)()
        except crontab.ScheduleError as error:
            raise CommandError(str(error)) from error

    def add(self) -> None:
        crontab.add()
        self.show()
        if unseen := crontab.only_in_this_shell():
            self.stderr.write(
                f"cron will not see what only this shell has: {', '.join(unseen)}. "
                f"Write it into {settings.BASE_DIR / '.env'}."
            )

    def remove(self) -> None:
        was_there = crontab.remove()
        self.stdout.write("Removed." if was_there else "It was not installed; nothing changed.")

    def run(self) -> None:
        crontab.make_job_log()
        worker.run_schedule()

    def show(self) -> None:
        timers = systemd.next_runs()
        for unit, fires in timers.items():
            self.stdout.write(f"{unit} of systemd: next {fires:%a %Y-%m-%d %H:%M} UTC.")
        does_without_cron = systemd.OF_SYNC in timers
        with suppress(crontab.ScheduleError) if does_without_cron else nullcontext():
            self._show_crontab(does_without_cron=does_without_cron)

    def _show_crontab(self, *, does_without_cron: bool) -> None:
        state = crontab.state()
        if does_without_cron:
            if state is not crontab.Installed.NO:
                self.stdout.write(
                    "The crontab has lines of BQS as well: `manage.py schedule remove`."
                )
            return
        self.stdout.write(state.value)
        if state is not crontab.Installed.YES:
            return
        fires = timetable.next_run()
        self.stdout.write(
            f"{crontab.crontab_fields()} in the time zone of this machine, {fires.tzinfo}: "
            f"next {fires:%a %Y-%m-%d %H:%M} there, {fires.astimezone(UTC):%a %Y-%m-%d %H:%M} UTC."
        )
        self._show_full_run()
        self.stdout.write("It fires only while a cron daemon runs here.")
        self.stdout.write(f"Its output goes to {settings.SYNC_JOB_LOG}.")

    def _show_full_run(self) -> None:
        try:
            fires = timetable.next_full_run()
        except DatabaseFailure:  # The schedule may be installed before the tables are made.
            return
        self.stdout.write(
            f"The next run that reads everything: {fires:%a %Y-%m-%d %H:%M} there."
            if fires
            else "SYNC_FULL_EVERY_DAYS is 0: no scheduled run reads everything."
        )
