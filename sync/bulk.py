"""The one statement that writes a page of opportunities, in each database's fastest way.

Django's bulk_create does the same at a third of the speed; docs/benchmarks.md has figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from io import StringIO
from typing import Any

from django.db import connection, models

from opportunities.models import Opportunity
from sync.decide import Row

# What a record brings along. People's columns are not among them but for the two that a
# record first seen closed begins with; of a row that is there only the CRM's are refreshed,
# so no mistake elsewhere can overwrite what people own.
BROUGHT = ("remote_id", *Opportunity.CRM_FIELDS, "workflow_status", "status_before_close")
REFRESHED = (*Opportunity.CRM_FIELDS, "last_synced_at", "removed_in_crm_at", "removal_reason")
TABLE = '"opportunities"'
INCOMING = "incoming_opportunities"


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
    stamps = {"first_seen_at": now, "last_synced_at": now}
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
    lines = ("\t".join([_copied(row[name]) for name in BROUGHT]) for row in rows)
    cursor.copy_expert(f"COPY {INCOMING} ({names}) FROM STDIN", StringIO("\n".join(lines) + "\n"))


# What would end a column or a row in COPY's text format.
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def _copied(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value if value.isalnum() else value.translate(ESCAPES)
    if isinstance(value, dict):
        return json.dumps(value).translate(ESCAPES) if value else "{}"
    return str(value)


# --- SQLite: one prepared statement for all rows ----------------------------------------------


def _prepared(rows: Iterable[Row]) -> list[list[Any]]:
    fields = [field for field in _fields() if field.attname in BROUGHT]
    fields.sort(key=lambda field: BROUGHT.index(field.attname))
    return [
        [field.get_db_prep_save(row[field.attname], connection) for field in fields] for row in rows
    ]
