"""The one statement that writes a page of opportunities, in each database's fastest way.

Django's bulk_create does the same at a third of the speed; docs/benchmarks.md has figures.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from io import StringIO
from operator import itemgetter
from typing import Any

from django.db import connection, models

from opportunities.models import Opportunity
from sync.decide import Row

# What a record brings along. The workflow's columns are not among them but for the two that
# a record first seen closed begins with; of a row that is there only the CRM's are refreshed,
# so no mistake elsewhere can overwrite what people own.
BROUGHT = (
    "remote_id",
    "workflow_status",
    "status_before_close",
    "crm_outcome",
    *(name for name in Opportunity.CRM_FIELDS if name != "extra"),
    "extra",
)
REFRESHED = (
    *Opportunity.CRM_FIELDS,
    "crm_outcome",
    "last_synced_at",
    "removed_in_crm_at",
    "removal_reason",
)
STAMPS = ("first_seen_at", "last_synced_at", "status_entered_at", "clock_started_at")
TABLE = '"opportunities"'
INCOMING = "incoming_opportunities"


@contextmanager
def lazy_commits() -> Iterator[None]:
    """Commits that do not wait for the disk, until one outside of this block does.

    A crash of the database may take the last pages with it, but rows and counters of a page
    together, and never behind a run that has ended: its own end is on disk.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET synchronous_commit")


def upsert_rows(rows: Sequence[Row], now: datetime) -> None:
    """Insert what is new and refresh what is there, unless that has become newer meanwhile."""
    defaults = [*_defaults(now).values()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, rows)
            cursor.execute(
                _insert_from(f"SELECT {', '.join(BROUGHT)}, {{}} FROM {INCOMING}"), [*defaults, now]
            )
        else:
            placeholders = ", ".join(["%s"] * len(BROUGHT))
            cursor.executemany(
                _insert_from(f"VALUES ({placeholders}, {{}})"),
                [[*values, *defaults, _database_time(now)] for values in _prepared(rows)],
            )


def _database_time(moment: datetime) -> Any:
    return Opportunity._meta.get_field("crm_updated_at").get_db_prep_save(moment, connection)


def _insert_from(source: str) -> str:
    """
    Args:
        source: where the rows come from, with {} for the placeholders of the defaults.
    """
    others = _defaults_names()
    names = ", ".join((*BROUGHT, *others))
    refreshed = ", ".join(f"{name} = excluded.{name}" for name in REFRESHED)
    return (
        f"INSERT INTO {TABLE} ({names}) "
        f"{source.format(', '.join(['%s'] * len(others)))} "
        f"ON CONFLICT (remote_id) DO UPDATE SET {refreshed} "
        f"WHERE {TABLE}.crm_updated_at <= excluded.crm_updated_at "
        # A stamp from the future says nothing of what is newer; see decide.
        f"OR {TABLE}.crm_updated_at > %s"
    )


def _defaults(now: datetime) -> dict[str, Any]:
    """Of the columns that no record brings: what the model says, and when this happens."""
    stamps = dict.fromkeys(STAMPS, now)
    return {
        str(field.column): field.get_db_prep_save(
            stamps.get(field.attname, field.get_default()), connection
        )
        for field in _fields()
        if field.attname not in BROUGHT
    }


@cache
def _defaults_names() -> tuple[str, ...]:
    return tuple(str(field.column) for field in _fields() if field.attname not in BROUGHT)


@cache
def _fields() -> tuple[models.Field[Any, Any], ...]:
    return tuple(field for field in Opportunity._meta.concrete_fields if not field.primary_key)


# --- PostgreSQL: COPY into a temporary table -------------------------------------------------


def _copy(cursor: Any, rows: Iterable[Row]) -> None:
    names = ", ".join(BROUGHT)
    cursor.execute(
        f"CREATE TEMPORARY TABLE IF NOT EXISTS {INCOMING} ON COMMIT DELETE ROWS AS "
        f"SELECT {names} FROM {TABLE} WITH NO DATA"
    )
    cursor.execute(f"TRUNCATE {INCOMING}")  # Several pages may share one transaction.
    cursor.copy_expert(
        # Nothing at all is null, but for the column that an empty text means something in.
        f"COPY {INCOMING} ({names}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL (status_before_close))",
        _as_csv(rows),
    )


def _as_csv(rows: Iterable[Row]) -> StringIO:
    paper = StringIO()
    pick = itemgetter(*BROUGHT[:-1])
    csv.writer(paper).writerows((*pick(row), json.dumps(row["extra"])) for row in rows)
    paper.seek(0)
    return paper


# --- SQLite: one prepared statement for all rows ----------------------------------------------


def _prepared(rows: Iterable[Row]) -> list[list[Any]]:
    fields = [field for field in _fields() if field.attname in BROUGHT]
    fields.sort(key=lambda field: BROUGHT.index(field.attname))
    return [
        [field.get_db_prep_save(row[field.attname], connection) for field in fields] for row in rows
    ]
