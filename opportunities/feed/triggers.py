"""Triggers by which the database notes each change for the feed, whoever makes it.

Migrations make them. A migration that makes a table anew on SQLite loses them there: it calls
`follow()` again, and opportunities/tests/feed/test_triggers.py says so.
"""

from dataclasses import dataclass
from typing import Any

# On PostgreSQL once for a statement, of all its rows: 500 of a sync's page cost one insert.
TRANSITIONS = {
    "INSERT": "REFERENCING NEW TABLE AS written",
    "UPDATE": "REFERENCING OLD TABLE AS former NEW TABLE AS written",
    "DELETE": "REFERENCING OLD TABLE AS former",
    "TRUNCATE": "",
}
COLUMNS = "(kind, object_id, deal, transaction_id, changed_at, is_gone)"
# With the digits that Django writes: SQLite compares times as texts.
NOW_ON_SQLITE = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"


@dataclass(frozen=True)
class Followed:
    """A table whose changes are in the feed; `{row}` stands for the row in SQL."""

    table: str
    kind: str
    deal: str = "{row}.remote_id"
    """The CRM id of its opportunity."""
    only: str = "true"
    """The rows that count."""


def follow(editor: Any, followed: Followed) -> None:
    """Make the triggers of a table, and give a place to each row that is there."""
    is_postgres = editor.connection.vendor == "postgresql"
    for statement in (_on_postgres if is_postgres else _on_sqlite)(followed):
        editor.execute(statement, params=None)
    place = _place_on_postgres if is_postgres else _place_on_sqlite
    editor.execute(place(followed, f"{followed.table} changed ORDER BY changed.id"), params=None)


def leave(editor: Any, followed: Followed) -> None:
    """Take back what `follow()` made."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP FUNCTION feed_{followed.table} CASCADE")
    else:
        for event in ("INSERT", "UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER feed_{followed.table}_{event.lower()}")
    editor.execute(f"DELETE FROM feed_positions WHERE kind = '{followed.kind}'")


def _on_postgres(followed: Followed) -> list[str]:
    table = followed.table
    changes = "JOIN former ON former.id = changed.id WHERE former.* *<> changed.*"
    function = f"""
        CREATE FUNCTION feed_{table}() RETURNS trigger LANGUAGE plpgsql
        -- The plan is kept from a first call that may have no row: a nested loop, which compares
        -- each of 500 rows with 500.
        SET enable_nestloop = off AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                {_place_on_postgres(followed, "written changed")};
            ELSIF TG_OP = 'UPDATE' THEN
                {_place_on_postgres(followed, f"written changed {changes}")};
            ELSIF TG_OP = 'DELETE' THEN
                {_place_on_postgres(followed, "former changed", is_gone=True)};
            ELSE
                UPDATE feed_positions SET position = DEFAULT, is_gone = true,
                    transaction_id = pg_current_xact_id()::text::bigint,
                    changed_at = clock_timestamp()
                WHERE kind = '{followed.kind}' AND NOT is_gone;
            END IF;
            RETURN NULL;
        END $$"""
    triggers = [
        f"CREATE TRIGGER feed_{table}_{event.lower()} AFTER {event} ON {table} {transition} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION feed_{table}()"
        for event, transition in TRANSITIONS.items()
    ]
    return [function, *triggers]


def _place_on_postgres(followed: Followed, source: str, *, is_gone: bool = False) -> str:
    """
    Args:
        source: the rows, named `changed`, with what follows FROM.
    """
    deal, only = (each.format(row="changed") for each in (followed.deal, followed.only))
    return f"""
        INSERT INTO feed_positions {COLUMNS}
        SELECT '{followed.kind}', changed.id, {deal}, pg_current_xact_id()::text::bigint,
               clock_timestamp(), {str(is_gone).lower()}
        FROM {_only(source, only)}
        ON CONFLICT (kind, object_id) DO UPDATE SET
            position = excluded.position, transaction_id = excluded.transaction_id,
            changed_at = excluded.changed_at, is_gone = excluded.is_gone"""


def _on_sqlite(followed: Followed) -> list[str]:
    """Return triggers of each row, changed or only written: SQLite knows no whole statement."""
    return [
        f"CREATE TRIGGER feed_{followed.table}_{event.lower()} AFTER {event} ON {followed.table} "
        f"WHEN {followed.only.format(row=row)} BEGIN "
        f"DELETE FROM feed_positions WHERE kind = '{followed.kind}' AND object_id = {row}.id; "
        f"INSERT INTO feed_positions {COLUMNS} VALUES ({_values(followed, row)}, {is_gone}); END"
        for event, row, is_gone in (
            ("INSERT", "NEW", 0),
            ("UPDATE", "NEW", 0),
            ("DELETE", "OLD", 1),
        )
    ]


def _place_on_sqlite(followed: Followed, source: str) -> str:
    only = followed.only.format(row="changed")
    return (
        f"INSERT INTO feed_positions {COLUMNS} SELECT {_values(followed, 'changed')}, 0 "
        f"FROM {_only(source, only)}"
    )


def _values(followed: Followed, row: str) -> str:
    # One writer at a time: the order of positions is that of commits.
    return f"'{followed.kind}', {row}.id, {followed.deal.format(row=row)}, 0, {NOW_ON_SQLITE}"


def _only(source: str, condition: str) -> str:
    """Return the rows that also fulfil a condition."""
    return f"(SELECT changed.* FROM {source}) changed WHERE {condition}"
