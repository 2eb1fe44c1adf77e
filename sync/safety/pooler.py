"""Keep syncs on a database session of their own, where locks hold."""

from contextlib import closing

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


class SharedSession(Exception):
    """Report that a lock would stay with whoever gets the session next."""

    def __init__(self) -> None:
        super().__init__(
            "The database is reached through a connection pooler in transaction mode, where "
            "nothing keeps a second sync from running beside this one. Put a direct address of the "
            "database into SYNC_DATABASE_URL. Nothing was read."
        )


def use_direct_database() -> None:
    """Connect by SYNC_DATABASE_URL from now on, in every thread of this process.

    For a process that does nothing but sync: the site goes through its pooler.
    """
    if settings.SYNC_DATABASE:
        connections[DEFAULT_DB_ALIAS].close()
        connections.settings[DEFAULT_DB_ALIAS].update(settings.SYNC_DATABASE)


def refuse_shared_session() -> None:
    """Raise SharedSession where PostgreSQL's locks of a session would not be ours."""
    if connection.vendor == "postgresql" and not _is_direct() and _is_shared():
        raise SharedSession


def _is_direct() -> bool:
    """Compare the server process: a pooler tells its clients of one that it has made up."""
    return bool(_server_process(connection) == connection.connection.info.backend_pid)


def _is_shared() -> bool:
    """Open a second session: it is given ours while that is idle, or makes ours another one."""
    with closing(connection.copy()) as other:
        ours = _server_process(connection)
        other.set_autocommit(False)
        return _server_process(other) == ours or _server_process(connection) != ours


def _server_process(of: BaseDatabaseWrapper) -> int:
    with of.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
