"""One migrated database for all workers of a test run; each of theirs begins as a copy of it."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import psycopg2
from django.contrib.contenttypes.models import ContentType
from django.db import connection

PROJECT = Path(__file__).resolve().parents[2]
IS_POSTGRES = connection.vendor == "postgresql"
RUN = "BQS_TEST_RUN"
# Ids of a real mirror have four digits and more: what writes them for people fails here, too.
# Neither a rollback nor a flush takes a sequence back.
FIRST_ID = 5_000


def name_this_run() -> None:
    """For the process that starts the workers, who inherit it."""
    os.environ.setdefault(RUN, f"{os.getpid()}_{token_hex(4)}")


def forget_this_run() -> None:
    """For the process that named it, at its end."""
    if os.environ[RUN].startswith(f"{os.getpid()}_") and _folder().exists():
        shutil.rmtree(_folder())
        if IS_POSTGRES:
            on_server(f'DROP DATABASE IF EXISTS "{_name()}" WITH (FORCE)')


def migrated_file() -> Path:
    """Of SQLite: the file to copy."""
    with _first_one_makes_it() as to_make:
        file = _folder() / "migrated.sqlite3"
        if to_make and not _kept().exists():
            _migrate(f"sqlite:///{file}")
            _start_ids_of_sqlite(file)
            shutil.copy(file, _kept().with_suffix(f".{os.getpid()}"))
            _kept().with_suffix(f".{os.getpid()}").rename(_kept())
        elif to_make:
            shutil.copy(_kept(), file)
    return file


def _kept() -> Path:
    """Return the file kept from an earlier run in which all that a migration does was the same."""
    sources = [
        *PROJECT.glob("*/migrations/*"),
        *PROJECT.glob("*/models/*.py"),
        *PROJECT.glob("*/models.py"),
        *PROJECT.glob("*/apps.py"),
        PROJECT / "audit" / "triggers.py",
        *PROJECT.glob("bqs/analysts/**/*"),
        PROJECT / "opportunities" / "feed" / "triggers.py",
        *PROJECT.glob("requirements*.txt"),
    ]
    digest = hashlib.sha256()
    for file in sorted(each for each in sources if each.is_file()):
        digest.update(file.relative_to(PROJECT).as_posix().encode() + file.read_bytes())
    return Path(tempfile.gettempdir()) / f"bqs-migrated-{digest.hexdigest()[:16]}.sqlite3"


def migrated_name() -> str:
    """Of PostgreSQL: the database to name as template."""
    with _first_one_makes_it() as to_make:
        if to_make:
            on_server(f'DROP DATABASE IF EXISTS "{_name()}"')
            on_server(f'CREATE DATABASE "{_name()}"')
            _migrate(url_of(_name()))
            _start_ids_of_postgres()
    return _name()


def begin_with_migrated_tables() -> None:
    """Let the tests' database begin anew: who only deletes rows leaves what triggers note of it."""
    _copy_migrated()
    ContentType.objects.clear_cache()


def _copy_migrated() -> None:
    if IS_POSTGRES:
        name = connection.settings_dict["NAME"]
        connection.close()
        on_server(f'DROP DATABASE "{name}" WITH (FORCE)')
        on_server(f'CREATE DATABASE "{name}" TEMPLATE "{migrated_name()}"')
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(migrated_file())) as migrated:
        migrated.backup(connection.connection)


def url_of(name: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def on_server(sql: str) -> None:
    server = psycopg2.connect(url_of("postgres"))
    server.autocommit = True
    try:
        server.cursor().execute(sql)
    finally:
        server.close()


def _name() -> str:
    return f"bqs_migrated_{os.environ[RUN]}"


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / f"bqs-test-run-{os.environ[RUN]}"


@contextmanager
def _first_one_makes_it() -> Iterator[bool]:
    """Others wait meanwhile; after a failure the next one tries."""
    _folder().mkdir(exist_ok=True)
    made = _folder() / "made"
    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not made.exists()
        made.touch()


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        timeout=120,
    )


def _start_ids_of_sqlite(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("DELETE FROM sqlite_sequence")
        database.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT name, ? FROM sqlite_master "
            "WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'",
            [FIRST_ID - 1],
        )


def _start_ids_of_postgres() -> None:
    with closing(psycopg2.connect(url_of(_name()))) as database, database:
        database.cursor().execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s, false) "
            "FROM pg_sequences",
            [FIRST_ID],
        )
