"""Tell how far the feed can be read, and write that place as a cursor.

PostgreSQL numbers a transaction when it begins to write. Whatever is older than the oldest one
still running is committed or rolled back, so a place before that never gets another change.
"""

import hashlib
from typing import NamedTuple

from django.core import signing
from django.db import connection

SALT = "change feed"
# The identity: the server, its timeline (another one after a recovery), and the table (another one
# after a restore); SQLite is a file with the moment of its first migration. Then end, newest and
# last: an open page asks every other second, and so in one query whether anything came.
# What runs in other databases of the server holds nothing back, once it is known to be theirs.
HEAD_OF = {
    "postgresql": """
        WITH here AS MATERIALIZED (
            SELECT pg_current_snapshot() AS snapshot, oid AS database
            FROM pg_database WHERE datname = current_database())
        SELECT concat_ws('.', system_identifier, timeline_id, database,
                         'feed_positions'::regclass::oid),
               coalesce((
                   SELECT min(running::text::bigint) FROM pg_snapshot_xip(snapshot) running
                   WHERE NOT EXISTS (
                       SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
                       WHERE transactionid = running::xid AND mode = 'ExclusiveLock'
                       AND granted AND datid <> here.database)
               ), pg_snapshot_xmax(snapshot)::text::bigint), 0,
               pg_snapshot_xmax(snapshot)::text::bigint, 0,
               coalesce(last.transaction_id, 0), coalesce(last.position, 0)
        FROM here CROSS JOIN pg_control_system() CROSS JOIN pg_control_checkpoint()
        LEFT JOIN (
            SELECT transaction_id, position FROM feed_positions
            ORDER BY transaction_id DESC, position DESC LIMIT 1) last ON true""",
    "sqlite": """
        SELECT min(applied), 0, next.position, 0, next.position,
               coalesce(last.transaction_id, 0), coalesce(last.position, 0)
        FROM django_migrations CROSS JOIN (
            SELECT 1 + coalesce(max(seq), 0) AS position FROM sqlite_sequence
            WHERE name = 'feed_positions') next
        LEFT JOIN (
            SELECT transaction_id, position FROM feed_positions
            ORDER BY transaction_id DESC, position DESC LIMIT 1) last ON true
        WHERE app = 'opportunities'""",
}


class Place(NamedTuple):
    """Tell where to go on: all changes before it are read."""

    transaction_id: int
    position: int


class CursorGone(Exception):
    """Refuse a cursor that leads nowhere in this database any more."""


class Head(NamedTuple):
    identity: str
    """Of the database, as long as its feed goes on."""
    end: Place
    """Where changes that are safe to read end; may go back while another database's is in doubt."""
    newest: Place
    """Where no place can be behind yet."""
    last: Place
    """Of the last change that is committed, safe to read or not."""

    def cursor(self, place: Place) -> str:
        return signing.dumps([self.identity, *place], salt=SALT)

    def place(self, cursor: str) -> Place:
        """Read a cursor. Raises: CursorGone."""
        try:
            identity, *place = signing.loads(cursor, salt=SALT)
        except signing.BadSignature as fault:
            raise CursorGone from fault
        found = Place(*place)
        if identity != self.identity or found > self.newest:
            raise CursorGone
        return found


def read_head() -> Head:
    with connection.cursor() as cursor:
        cursor.execute(HEAD_OF[connection.vendor])
        identity, *places = cursor.fetchone()
    digest = hashlib.sha256(str(identity).encode()).hexdigest()[:12]
    return Head(digest, Place(*places[:2]), Place(*places[2:4]), Place(*places[4:]))
