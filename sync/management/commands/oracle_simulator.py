"""manage.py oracle_simulator: an Oracle to try things out with, from sync/simulator."""

from argparse import Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sync.simulator.arguments import add_arguments
from sync.simulator.process import start


class Command(BaseCommand):
    help = "Serve opportunities as Oracle's REST API does, on 127.0.0.1 only."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        start(Namespace(**options))
