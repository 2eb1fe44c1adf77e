"""Write a page of opportunities by one statement, in each database's fastest way.

Django's bulk_create does the same at a third of the speed; docs/benchmarks.md has figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, cached_property
from typing import Any

import msgspec
from django.db import connection, models

from opportunities.models import Opportunity
from opportunities.models.search_text import search_text_of
from sync.ingest.decide import Row

# What a record brings along. The workflow's columns are not among them but for the two that
# a record first seen closed begins with; of a row that is there only the CRM's are refreshed,
# so no mistake elsewhere can overwrite what people own.
BROUGHT = (
    *("remote_id", "workflow_status", "status_before_close", "crm_outcome"),
    *(name for name in Opportunity.CRM_FIELDS if name != "extra"),
    "extra",
    "search_text",
)
REFRESHED = (
    *Opportunity.CRM_FIELDS,
    *("search_text", "crm_outcome", "last_synced_at", "removed_in_crm_at", "removal_reason"),
)
SET_TO_NOW = ("first_seen_at", "last_synced_at", "status_entered_at", "clock_started_at")
TABLE = '"opportunities"'
AS_TEXT = msgspec.json.Encoder(decimal_format="string")


@contextmanager
def lazy_commits() -> Iterator[None]:
    """Let commits not wait for the disk, until one outside of this block does.

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


class RowsToWrite:
    """Hold the rows of a page; another thread can encode what PostgreSQL reads of them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        for row in rows:
            row["search_text"] = search_text_of(row)
        self.rows = rows

    @cached_property
    def as_json(self) -> str:
        # A Decimal travels as text: a JSON number may come out of any reader as a float.
        return AS_TEXT.encode(self.rows).decode()

    def prepare(self) -> None:
        """Do what needs no connection to the database."""
        if connection.vendor == "postgresql":
            self.as_json  # noqa: B018 - it is kept.


def upsert_rows(incoming: RowsToWrite, now: datetime, truth_since: datetime | None = None) -> None:
    """Insert what is new and refresh what is there, unless that has become newer meanwhile.

    Args:
        truth_since: a row written before this is refreshed whatever its stamp; see decide.
    """
    defaults = _defaults(now)
    times = [_database_time(each) for each in (now, truth_since)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_insert_from(_records()), [*defaults, incoming.as_json, *times])
        else:
            placeholders = ", ".join(["%s"] * len(BROUGHT))
            cursor.executemany(
                _insert_from(f"VALUES ({placeholders}, {{}})"),
                [[*values, *defaults, *times] for values in _prepared(incoming.rows)],
            )


def _database_time(moment: datetime | None) -> Any:
    return Opportunity._meta.get_field("crm_updated_at").get_db_prep_save(moment, connection)


def _insert_from(source: str) -> str:
    """
    Args:
        source: where the rows come from, with {} for the placeholders of the defaults.
    """
    others = [str(field.column) for field in _other_fields()]
    names = ", ".join((*BROUGHT, *others))
    refreshed = ", ".join(f"{name} = excluded.{name}" for name in REFRESHED)
    return (
        f"INSERT INTO {TABLE} ({names}) "
        f"{source.format(', '.join(['%s'] * len(others)))} "
        f"ON CONFLICT (remote_id) DO UPDATE SET {refreshed} "
        f"WHERE {TABLE}.crm_updated_at <= excluded.crm_updated_at "
        # A stamp from the future says nothing of what is newer; see decide.
        f"OR {TABLE}.crm_updated_at > %s OR {TABLE}.last_synced_at < %s"
    )


def _defaults(now: datetime) -> list[Any]:
    """Return the values of the columns that no record brings: the model's defaults, and now."""
    stamps = dict.fromkeys(SET_TO_NOW, now)
    return [
        field.get_db_prep_save(stamps.get(field.attname, field.get_default()), connection)
        for field in _other_fields()
    ]


def _other_fields() -> list[models.Field[Any, Any]]:
    return [field for field in _fields() if field.attname not in BROUGHT]


@cache
def _fields() -> tuple[models.Field[Any, Any], ...]:
    every = Opportunity._meta.concrete_fields
    return tuple(field for field in every if not field.primary_key and not field.generated)


# --- PostgreSQL: the whole page as one parameter ---------------------------------------------


@cache
def _records() -> str:
    """Read the page from JSON: as fast as COPY, half the work to encode, and one statement."""
    types = {str(field.column): field.db_type(connection) for field in _fields()}
    columns = ", ".join(f"{name} {types[name]}" for name in BROUGHT)
    return f"SELECT {', '.join(BROUGHT)}, {{}} FROM json_to_recordset(%s::json) AS page({columns})"


# --- SQLite: one prepared statement for all rows ----------------------------------------------


def _prepared(rows: Iterable[Row]) -> list[list[Any]]:
    fields = [field for field in _fields() if field.attname in BROUGHT]
    fields.sort(key=lambda field: BROUGHT.index(field.attname))
    return [
        [field.get_db_prep_save(row[field.attname], connection) for field in fields] for row in rows
    ]
