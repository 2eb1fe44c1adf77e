"""manage.py demo: everything at once, on this machine only, to look around in."""

import signal
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from rich.console import Console
from rich.panel import Panel

from bqs.demonstration import machinery as demo
from bqs.demonstration.machinery import DemoFailed
from bqs.demonstration.people import PEOPLE, end_people, make_people
from bqs.demonstration.work import make_work
from bqs.models import DemoMark
from bqs.web import frontend_build


class Command(BaseCommand):
    help = (
        "Simulate an Oracle, sync from it, and serve the site with people and work of every kind. "
        "Uses a database of its own (demo.sqlite3). Ctrl-C ends everything it started."
    )
    # The database is set up by the demo itself.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, default=8000, help="Port of the site (default 8000)."
        )
        parser.add_argument(
            "--rows", type=int, default=2000, help="Number of opportunities (default 2000)."
        )
        parser.add_argument(
            "--without-frontend",
            action="store_true",
            help="Serve admin and API only; build nothing.",
        )
        parser.add_argument(
            "--drift", type=float, default=20, help="Seconds between changes in Oracle."
        )

    def handle(self, **options: Any) -> None:
        # Of Ctrl-C, too: what is started in the background would ignore it otherwise.
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, signal.default_int_handler)
        try:
            if not options["without_frontend"]:
                self._build_frontend()
            self._carry_out(options["port"], options["rows"], options["drift"])
        except KeyboardInterrupt:
            self.stdout.write("\nThe demo has ended. Its data stays in demo.sqlite3.")
        except DemoFailed as failure:
            raise CommandError(str(failure)) from failure

    def _build_frontend(self) -> None:
        """Once; where that fails, the demo goes on without it."""
        if frontend_build.is_built():
            return
        try:
            for step in frontend_build.build():
                self.stdout.write(f"{step} (once, about a minute) ...")
        except frontend_build.BuildFailed as failure:
            self.stderr.write(f"The demo goes on without the frontend. {failure}")

    def _carry_out(self, port: int, rows: int, drift_s: float) -> None:
        if not settings.DEBUG:
            raise DemoFailed("A demo shows passwords, so it needs DEBUG=true.")
        _refuse_taken_port(port)
        demo.refuse_live_database()
        # Links in mails and calendars lead there.
        settings.SITE_URL = f"http://localhost:{port}{settings.URL_PREFIX}"
        call_command("migrate", verbosity=0)
        DemoMark.objects.get_or_create()
        end_people()
        with demo.simulated_oracle(rows=rows, drift_s=drift_s):
            try:
                call_command("sync_oracle")
                passwords = make_people()
                make_work()
                self._say_where_to_click(passwords)
                with demo.worker():
                    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)
            except SystemExit as end:
                # runserver ends so on Ctrl-C, a failed sync with its own code.
                if end.code:
                    raise DemoFailed("The first sync failed; see above.") from end
                raise KeyboardInterrupt from end
            finally:
                demo.end_running_sync()
                end_people()

    def _say_where_to_click(self, passwords: dict[str, str]) -> None:
        site = settings.SITE_URL
        lines = (
            f"BQS     {site}/",
            f"Admin   {site}/admin/",
            f"API     {site}/api/opportunities",
            f"Docs    {site}/api/docs",
            "",
            *(f"{each.role:<14} {each.username} / {passwords[each.username]}" for each in PEOPLE),
            "",
            "The passwords are shown this once. The simulated Oracle keeps changing:",
            "press Sync now among the sync logs. Ctrl-C ends everything.",
        )
        Console().print(Panel("\n".join(lines), title="BQS demo", expand=False), highlight=False)


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise DemoFailed(
                f"Port {port} is in use: choose another with --port, for example --port 8001."
            ) from error
