"""Examine what BQS stands on: settings, versions, folders, database and its clock."""

import platform
from collections.abc import Iterator
from datetime import timedelta

import django
from django.conf import settings
from django.core import checks
from django.db import Error as DatabaseFailure
from django.db import connection, transaction
from django.utils import timezone

from bqs.checks import UNWRITABLE, unwritable_folders
from bqs.doctor.finding import Finding
from bqs.health.checks import found_problems
from outbox.signs import running_workers

CLOCKS_MAY_DIFFER = timedelta(seconds=5)
RIGHTS = {
    "make tables": "CREATE TABLE doctor_looks (id integer)",
    "make temporary tables": "CREATE TEMPORARY TABLE doctor_looks_too (id integer)",
    "have pg_trgm, which makes searching quick": "CREATE EXTENSION IF NOT EXISTS pg_trgm",
}


def versions() -> Iterator[Finding]:
    python = f"Python {platform.python_version()}, Django {django.get_version()}"
    yield Finding("Versions", f"BQS {settings.VERSION}, {python}.")


def settings_and_checks() -> Iterator[Finding]:
    """Say what `manage.py check --deploy` says."""
    found = checks.run_checks(include_deployment_checks=True)
    # Folders have findings of their own.
    told = [each for each in found if not each.is_silenced() and each.id != UNWRITABLE]
    for each in told:
        sentence = " ".join(filter(None, (each.msg, each.hint)))
        yield Finding("Settings", sentence, False if each.is_serious() else None)
    if not told:
        yield Finding("Settings", "manage.py check objects to nothing.")


def folders() -> Iterator[Finding]:
    unwritable = unwritable_folders()
    for folder in unwritable:
        sentence = f"{folder} cannot be written: give it to this user, or see DATA_FOLDER."
        yield Finding("Files", sentence, is_well=False)
    if not unwritable:
        yield Finding("Files", "Every folder that BQS writes to can be written.")
    if not (settings.FRONTEND_DIST / "index.html").is_file():
        sentence = "The page is not built, so the site is admin and API: run `npm run build`."
        yield Finding("Files", sentence, is_well=None)


def operation() -> Iterator[Finding]:
    """Say what health and alarms say, then what the database allows."""
    problems = found_problems()
    for each in problems:
        yield Finding(each.cause.replace("_", " ").capitalize(), each.words, is_well=False)
    if not problems:
        yield Finding("Operation", "Migrations, schedule, syncs, records and mail are well.")
    if not any(each.cause == "database_unreachable" for each in problems):
        yield from _database()
    if not any(each.is_grave for each in problems):
        workers = "; ".join(map(str, running_workers())) or "none left a sign lately"
        yield Finding("Workers", f"Seen at work: {workers}.")


def _database() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        yield Finding("Database", "This is SQLite: use PostgreSQL in production.", is_well=None)
        return
    asked_at = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT version(), current_setting('server_encoding'), clock_timestamp()")
        version, encoding, now = cursor.fetchone()
    # A machine at its limit may answer late.
    earliest, latest = asked_at - CLOCKS_MAY_DIFFER, timezone.now() + CLOCKS_MAY_DIFFER
    yield Finding("Database", f"{version.partition(' on ')[0]}, {encoding}.")
    if not earliest <= now <= latest:
        sentence = f"The database's clock says {now:%H:%M:%S}, this one's differs: use NTP on both."
        yield Finding("Clock", sentence, is_well=False)
    for what, statement in RIGHTS.items():
        if refusal := _refusal_of(statement):
            yield Finding("Database", f"The user cannot {what}: {refusal}", is_well=False)


def _refusal_of(statement: str) -> str:
    """Try a statement, and take it back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseFailure as error:
        return str(error).strip()
    return ""
