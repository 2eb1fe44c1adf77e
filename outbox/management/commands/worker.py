"""manage.py worker: deliver what waits and run what is queued, until Ctrl-C."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from outbox.working import Worker


class Command(BaseCommand):
    help = (
        "Deliver messages and run queued tasks until Ctrl-C. Any number of workers may run, on any "
        "number of hosts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--interval", type=float, default=1, metavar="SECONDS", help="Look this often (1)."
        )
        parser.add_argument(
            "--batch", action="store_true", help="Do what waits now, then end: for cron."
        )

    def handle(self, *, interval: float, batch: bool, **_: Any) -> None:
        worker = Worker()
        for stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop, lambda *_: worker.stop())
        if batch:
            tally = worker.work_once()
            self.stdout.write(f"Delivered: {tally.delivered}, failed: {tally.failed}.")
        else:
            worker.run(max(0.1, interval))
