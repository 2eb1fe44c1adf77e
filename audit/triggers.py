"""Triggers by which the database itself keeps what is on record; migrations make them.

Their owner can switch them off, and the seals show what was done then. A migration that has to
change what is kept does so too: ALTER TABLE ... DISABLE TRIGGER USER, and ENABLE afterwards.
"""

from collections.abc import Iterable
from typing import Any

SENTENCE = "What is on record is never changed or deleted"
FUNCTIONS = f"""
CREATE FUNCTION kept_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The arguments name the columns that may still move.
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - coalesce(TG_ARGV, '{{}}') = to_jsonb(OLD) - coalesce(TG_ARGV, '{{}}')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{SENTENCE}: %.', TG_TABLE_NAME;
END $$;
CREATE FUNCTION kept_from_emptying() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    has_rows boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME)
    INTO has_rows;
    IF has_rows THEN
        RAISE EXCEPTION '{SENTENCE}: %.', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGERS_OF = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
}
NO_FUNCTIONS = "DROP FUNCTION kept_as_written; DROP FUNCTION kept_from_emptying;"


def make_functions(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(FUNCTIONS, params=None)


def drop_functions(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(NO_FUNCTIONS)


def keep(editor: Any, table: str, *, when: str = "", free: Iterable[str] = ()) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE.

    Args:
        when: of which rows, as SQL on OLD; of all.
        free: columns that may move nevertheless.
    """
    refuse(editor, f"{table}_kept", f"UPDATE ON {table}", when=when, free=free)
    refuse(editor, f"{table}_not_deleted", f"DELETE ON {table}", when=when)
    keep_from_emptying(editor, table)


def refuse(editor: Any, name: str, what: str, *, when: str = "", free: Iterable[str] = ()) -> None:
    """Make one trigger, such as `UPDATE ON seals`."""
    if editor.connection.vendor == "postgresql":
        condition = f"WHEN ({when}) " if when else ""
        columns = ", ".join(f"'{column}'" for column in free)
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {what} FOR EACH ROW {condition}"
            f"EXECUTE FUNCTION kept_as_written({columns})"
        )
    else:
        if free:
            changes = _changes(editor, what.rsplit(" ", 1)[-1], {*free})
            when = f"({when}) AND ({changes})" if when else changes
        condition = f"WHEN {when} " if when else ""
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {what} {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}.'); END"
        )


def keep_from_emptying(editor: Any, table: str) -> None:
    """SQLite has no TRUNCATE."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kept_from_emptying()"
        )


def let_go(editor: Any, *tables: str) -> None:
    """Take back all of a table's triggers."""
    on_postgres = editor.connection.vendor == "postgresql"
    for table in tables:
        with editor.connection.cursor() as cursor:
            cursor.execute(TRIGGERS_OF[editor.connection.vendor], [table])
            names = [name for (name,) in cursor.fetchall()]
        for name in names:
            editor.execute(f"DROP TRIGGER {name}{f' ON {table}' if on_postgres else ''}")


def _changes(editor: Any, table: str, free: set[str]) -> str:
    with editor.connection.cursor() as cursor:
        described = editor.connection.introspection.get_table_description(cursor, table)
    kept = [each.name for each in described if each.name not in free]
    return " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in kept)
