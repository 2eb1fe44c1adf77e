"""Triggers that keep what is on record: tests empty tables, and play the owner who tampers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

ALL = {
    "postgresql": "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal",
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
}


def triggers() -> list[tuple[str, str, str]]:
    """Return name, table and definition of each."""
    with connection.cursor() as cursor:
        cursor.execute(ALL[connection.vendor])
        return cursor.fetchall()


def drop(name: str, table: str) -> None:
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER {name}{on_table}")


def drop_all() -> None:
    """As the owner can, and as a migration does that changes what is on record."""
    for name, table, _ in triggers():
        drop(name, table)


def run(sql: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)


@contextmanager
def as_owner() -> Iterator[None]:
    """Everything is possible within, and nothing of it stays."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            run("SET CONSTRAINTS ALL IMMEDIATE")
        drop_all()
        yield
        transaction.set_rollback(True)
