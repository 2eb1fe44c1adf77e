"""Read the databases of the settings, and refuse those that BQS cannot use."""

import re
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from bqs import env

SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
UNSAFE = "/?#[]@"
# Of a server that does not answer; without it the system decides, after two minutes.
CONNECT_TIMEOUT_S = 4


def database(name: str, default: str, conn_max_age_s: int) -> dict[str, Any]:
    """Return what Django's DATABASES needs of the address in a variable."""
    address = env.secret(name).strip() or default
    if not address:
        return {}
    try:
        _refuse_unsafe(address)
        found: dict[str, Any] = {
            **dj_database_url.parse(address, conn_max_age=conn_max_age_s, conn_health_checks=True),
            "DISABLE_SERVER_SIDE_CURSORS": False,
        }
        if found["ENGINE"] not in (SQLITE, POSTGRESQL):
            raise ValueError("BQS works with PostgreSQL and SQLite")
    except ValueError as error:
        env.fault(name, f"{error}: write postgresql://user:password@host:5432/name.")
        return {"ENGINE": SQLITE, "NAME": ":memory:"}
    return _tuned(found)


def _refuse_unsafe(address: str) -> None:
    """Raise ValueError where the password would be taken for a part of the address."""
    scheme, found, rest = address.partition("://")
    login, is_there, _ = rest.rpartition("@")
    if not found:
        raise ValueError("is no address")
    if scheme == "sqlite":
        return
    if is_there and (any(sign in login for sign in UNSAFE) or _is_half_encoded(login)):
        raise ValueError(
            "has a password with characters that mean something in an address (write @ as %40, "
            "/ as %2F, # as %23, ? as %3F, [ as %5B, ] as %5D and % as %25)"
        )


def _is_half_encoded(login: str) -> bool:
    return bool(re.search("%(?![0-9A-Fa-f]{2})", login))


def _tuned(found: dict[str, Any]) -> dict[str, Any]:
    if found["ENGINE"] == SQLITE:
        # Readers go on while a sync writes (WAL), and a writer waits for its turn instead of
        # failing half-way through a transaction that began as a read (IMMEDIATE).
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        # PostgreSQL overrates subqueries that mostly find nothing: compiling the dashboard's
        # queries took ten times as long as running them.
        # A connection's options take the place of PGOPTIONS, so what that has is kept.
        options = f"-c jit=off {env.text('PGOPTIONS')}".rstrip()
        given = found.setdefault("OPTIONS", {})
        given.setdefault("options", options)
        if not env.text("PGCONNECT_TIMEOUT"):
            given.setdefault("connect_timeout", CONNECT_TIMEOUT_S)
    return found


def is_away(error: BaseException | None) -> bool:
    """Tell a connection that was lost or refused from a statement that is wrong."""
    session = connection.connection
    is_lost = session is None or bool(getattr(session, "closed", False))
    return is_lost and isinstance(error, OperationalError | InterfaceError)


def is_limited(seconds: float) -> bool:
    """Tell whether this thread's connection has this limit; SQLite has none to set."""
    limit = (id(connection.connection), seconds)
    return connection.vendor != "postgresql" or getattr(connection, "limited", None) == limit


def limit_statements(seconds: float) -> None:
    """Set the limit for this thread's connection, until it is set otherwise."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    session: Any = connection.connection
    if is_limited(seconds):
        return
    with session.cursor() as cursor:
        cursor.execute("SET statement_timeout = %s", [round(seconds * 1000)])
    # A transaction that is rolled back takes the limit with it.
    if not connection.in_atomic_block:
        connection.limited = (id(session), seconds)  # type: ignore[attr-defined]


def refuse_other_encodings(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Raise ImproperlyConfigured where a database cannot store every text of a CRM.

    PostgreSQL tells its encoding with each connection, so asking costs nothing.
    """
    if connection.vendor != "postgresql":
        return
    encoding = connection.connection.get_parameter_status("server_encoding")
    if encoding not in (None, "UTF8"):
        raise ImproperlyConfigured(
            f"DATABASE_URL names a database with the encoding {encoding}, which cannot store every "
            "text of a CRM: make one with UTF8 (CREATE DATABASE bqs TEMPLATE template0 ENCODING "
            "'UTF8')."
        )
