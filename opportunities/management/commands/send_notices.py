"""manage.py send_notices: the notices that wait; the schedule runs it every few minutes."""

import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from opportunities.sending import Tally, send_waiting


class Command(BaseCommand):
    help = "Send the e-mail notices that wait, those that failed before among them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--watch", type=int, metavar="SECONDS", help="Go on until Ctrl-C, looking so often."
        )

    def handle(self, *, watch: int | None, **_: Any) -> None:
        if watch is None:
            self._tell(send_waiting())
            return
        for stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop, signal.default_int_handler)
        try:
            self._watch(max(1, watch))
        except KeyboardInterrupt:
            self.stdout.write("Ended; what was not sent waits.")

    def _watch(self, seconds: int) -> None:
        while True:
            tally = send_waiting()
            if tally.sent or tally.failed:
                self._tell(tally)
            close_old_connections()
            time.sleep(seconds)

    def _tell(self, tally: Tally) -> None:
        self.stdout.write(f"Notices: {tally.sent} sent, {tally.failed} failed.")
