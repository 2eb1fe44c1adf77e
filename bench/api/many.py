"""Multiply a filled mirror: each row again with other ids, and with it all that belongs to it.

`python -m bench.api.many TIMES`, on PostgreSQL alone. A sync of a million takes a minute or two,
people's work on it many more; by INSERT … SELECT both take one.
"""

# Names of our own tables, from this file.
# ruff: noqa: S608

import sys
from collections.abc import Iterator

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

# Parents first. Of each table the columns that name a row of it or of another one.
TABLES = {
    "opportunities": {"id": "opportunities"},
    "opportunity_events": {"id": "opportunity_events"},
    "assessments": {"id": "assessments", "opportunity_id": "opportunities"},
    "assessment_answers": {"id": "assessment_answers", "assessment_id": "assessments"},
    "assessment_decisions": {
        "id": "assessment_decisions",
        "opportunity_id": "opportunities",
        "assessment_id": "assessments",
    },
    "last_looks": {"id": "last_looks", "opportunity_id": "opportunities"},
}
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'
    ORDER BY ordinal_position
"""
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes
    WHERE schemaname = current_schema() AND tablename = ANY(%s) AND indexname NOT IN (
        SELECT conname FROM pg_constraint)
"""
POSITIONS = """
    INSERT INTO feed_positions (kind, object_id, deal, transaction_id, changed_at, is_gone)
    SELECT 'opportunity', id, remote_id, pg_current_xact_id()::text::bigint, crm_updated_at, false
    FROM opportunities ON CONFLICT DO NOTHING
"""


def multiply(times: int) -> None:
    """Leave what is there as it is; without triggers, which would look at each row."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(INDEXES, [[*TABLES, "feed_positions"]])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        most = {table: _most(cursor, table) for table in TABLES}
        for table, shifted in TABLES.items():
            cursor.execute(_copies(cursor, table, shifted, most), [times - 1])
        cursor.execute(POSITIONS)
        for _, definition in indexes:
            cursor.execute(definition)
        for table in TABLES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _most(cursor: object, table: str) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


def _copies(cursor: object, table: str, shifted: dict[str, str], most: dict[str, int]) -> str:
    cursor.execute(COLUMNS, [table])  # type: ignore[attr-defined]
    columns = [name for (name,) in cursor.fetchall()]  # type: ignore[attr-defined]
    values = ", ".join(_values(columns, shifted, most))
    names = ", ".join(f'"{name}"' for name in columns)
    source = f"{table}, generate_series(1, %s) time"
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {source}"


def _values(columns: list[str], shifted: dict[str, str], most: dict[str, int]) -> Iterator[str]:
    for name in columns:
        if name in shifted:
            yield f"{name} + time * {most[shifted[name]]}::bigint"
        elif name in ("remote_id", "opty_number"):
            yield f"{name} || '-' || time"
        elif name == "crm_updated_at":
            yield f"{name} - time * interval '7 seconds'"
        else:
            yield f'"{name}"'


if __name__ == "__main__":
    multiply(int(sys.argv[1]))
