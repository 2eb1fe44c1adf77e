"""manage.py send_notices: send waiting notices; the schedule does so every few minutes."""

import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from opportunities.notices.sending import Tally, send_waiting


class Command(BaseCommand):
    help = "Send waiting e-mail notices, including those that failed before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--watch", type=int, metavar="SECONDS", help="Send until Ctrl-C, checking this often."
        )

    def handle(self, *, watch: int | None, **_: Any) -> None:
        if watch is None:
            self._report(send_waiting())
            return
        for stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop, signal.default_int_handler)
        try:
            self._watch(max(1, watch))
        except KeyboardInterrupt:
            self.stdout.write("Stopped; unsent notices wait.")

    def _watch(self, seconds: int) -> None:
        while True:
            tally = send_waiting()
            if tally.sent or tally.failed:
                self._report(tally)
            close_old_connections()
            time.sleep(seconds)

    def _report(self, tally: Tally) -> None:
        self.stdout.write(f"Notices: {tally.sent} sent, {tally.failed} failed.")
