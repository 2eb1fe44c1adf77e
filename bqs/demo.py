"""The parts of a demo: a simulated Oracle, people to sign in as, and tidying up."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User

from opportunities.bulk import bulk_move
from opportunities.models import Opportunity
from opportunities.roles import Role
from opportunities.workflow import Action, Ask
from sync.lock import is_sync_running
from sync.models import SyncLog

SA_PERMISSIONS = ("view_opportunity", "change_opportunity", "view_synclog", "view_rejectedrecord")
DEALS_OF_THE_SA = 12


class DemoFailed(Exception):
    """The demo cannot go on; the text says why."""


@contextmanager
def simulated_oracle(*, rows: int, drift_s: float) -> Iterator[None]:
    """The simulator in a process of its own; it ends with us, even if we are killed."""
    port = urlsplit(settings.ORACLE_BASE_URL).port
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "oracle_simulator"]
    arguments = ["--port", str(port), "--rows", str(rows), "--drift", str(drift_s)]
    simulator = subprocess.Popen(  # noqa: S603 - our own command
        [*command, *arguments, "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Ctrl-C is for us; we end it.
        start_new_session=True,
    )
    try:
        if not (simulator.stdout and simulator.stdout.readline()):
            raise DemoFailed("The Oracle simulator did not start.")
        yield
    finally:
        simulator.terminate()
        simulator.wait()


def sign_in_as(
    username: str,
    *,
    permissions: tuple[str, ...] = (),
    roles: tuple[Role, ...] = (),
    is_admin: bool = False,
) -> str:
    """Make the account, or give it a new password; return the password, stored nowhere."""
    password = secrets.token_urlsafe(9)
    user, _ = User.objects.get_or_create(username=username)
    user.is_staff, user.is_superuser = True, is_admin
    user.set_password(password)
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    user.groups.set(Group.objects.filter(name__in=roles))
    return password


def give_work_to(username: str, *, by: str) -> None:
    """A few deals, so that "assigned to me" has something to show."""
    sa, manager = User.objects.get(username=username), User.objects.get(username=by)
    if not sa.assigned_opportunities.exists():
        waiting = Opportunity.objects.unassigned().values_list("pk", flat=True)
        deals = waiting[:DEALS_OF_THE_SA]
        bulk_move(deals, Action.ASSIGN, by=manager, params={Ask.ASSIGNEE: sa})


def end_running_sync() -> None:
    """A sync started from the web lives outside the web process; a demo ends it all the same."""
    running = SyncLog.objects.running()
    if running and running.process_id and is_sync_running():
        with suppress(ProcessLookupError):
            os.kill(running.process_id, signal.SIGTERM)
