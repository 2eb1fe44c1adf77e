from argparse import ArgumentParser
from datetime import UTC
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sync import schedule
from sync.crontab import ScheduleError


class Command(BaseCommand):
    help = "Add, show or remove the schedule of syncs in this user's crontab."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["add", "show", "remove"])

    def handle(self, *, action: str, **_: Any) -> None:
        try:
            getattr(self, action)()
        except ScheduleError as error:
            raise CommandError(str(error)) from error

    def add(self) -> None:
        schedule.add()
        self.show()
        if unseen := schedule.only_in_this_shell():
            self.stderr.write(
                f"cron will not see what only this shell has: {', '.join(unseen)}. "
                f"Write it into {settings.BASE_DIR / '.env'}."
            )

    def show(self) -> None:
        state = schedule.state()
        self.stdout.write(state.value)
        if state is schedule.Installed.YES:
            self._tell_when()
            self.stdout.write(f"Its output goes to {settings.SYNC_JOB_LOG}.")

    def remove(self) -> None:
        was_there = schedule.remove()
        self.stdout.write("Removed." if was_there else "It was not installed; nothing changed.")

    def _tell_when(self) -> None:
        fires = schedule.next_run()
        self.stdout.write(
            f"{schedule.crontab_fields()} in the time zone of this machine, {fires.tzinfo}: "
            f"next {fires:%a %Y-%m-%d %H:%M} there, {fires.astimezone(UTC):%a %Y-%m-%d %H:%M} UTC."
        )
        self.stdout.write("It fires only while a cron daemon runs here.")
