"""A migrated database of its own for tests with real processes, of the kind the tests run on."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg2

from sync.tests import warm_python
from sync.tests.migrated_template import (
    IS_POSTGRES,
    PROJECT,
    migrated_file,
    migrated_name,
    on_server,
    url_of,
)

_numbers = count(1)


@dataclass
class ScratchDatabase:
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """For a process that shall work on this database."""
        return {**os.environ, "DATABASE_URL": self.url}

    def manage(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run manage.py on it, with more environment variables, to its end."""
        ended = warm_python.run(*arguments, cwd=PROJECT, env=self.environment | more)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended

    def rows(self, sql: str) -> list[tuple]:
        """What a query gives, seen from another connection than anybody's."""
        with closing(_connected(self.url)) as database:
            cursor = database.cursor()
            cursor.execute(sql)
            return cursor.fetchall()

    @contextmanager
    def opportunities_taken(self) -> Iterator[None]:
        """Whoever would write an opportunity waits (on SQLite, whoever would write at all)."""
        with closing(_connected(self.url)) as database:
            take = "SELECT id FROM opportunities FOR UPDATE" if IS_POSTGRES else "BEGIN IMMEDIATE"
            database.cursor().execute(take)
            yield


@contextmanager
def scratch_database() -> Iterator[ScratchDatabase]:
    with _postgres_copy() if IS_POSTGRES else _sqlite_copy() as url:
        yield ScratchDatabase(url)


def _connected(url: str) -> Any:
    """By the driver itself: pytest-django lets no other database be opened through Django."""
    if IS_POSTGRES:
        # Servers differ in the zone in which they write moments as text.
        return psycopg2.connect(url, options="-c timezone=UTC")
    return sqlite3.connect(url.removeprefix("sqlite:///"))


@contextmanager
def _sqlite_copy() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="bqs-scratch-") as folder:
        shutil.copy(migrated_file(), Path(folder) / "scratch.sqlite3")
        yield f"sqlite:///{folder}/scratch.sqlite3"


@contextmanager
def _postgres_copy() -> Iterator[str]:
    name = f"{migrated_name()}_{os.getpid()}_{next(_numbers)}"
    on_server(f'CREATE DATABASE "{name}" TEMPLATE "{migrated_name()}"')
    try:
        yield url_of(name)
    finally:
        on_server(f'DROP DATABASE "{name}" WITH (FORCE)')
