"""A migrated database of its own for tests with real processes, of the kind the tests run on."""

import atexit
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from django.db import connection

PROJECT = Path(__file__).resolve().parents[2]
IS_POSTGRES = connection.vendor == "postgresql"
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
        return _run("manage.py", *arguments, environment=self.environment | more)

    def rows(self, sql: str) -> list[tuple]:
        """What a query gives, seen from another connection than anybody's."""
        with closing(_connected(self.url)) as database:
            cursor = database.cursor()
            cursor.execute(sql)
            return cursor.fetchall()


@contextmanager
def scratch_database() -> Iterator[ScratchDatabase]:
    with _postgres_copy() if IS_POSTGRES else _sqlite_copy() as url:
        yield ScratchDatabase(url)


def _connected(url: str) -> Any:
    """By the driver itself: pytest-django lets no other database be opened through Django."""
    if IS_POSTGRES:
        return psycopg2.connect(url)
    return sqlite3.connect(url.removeprefix("sqlite:///"))


@contextmanager
def _sqlite_copy() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="bqs-scratch-") as folder:
        shutil.copy(_migrated_file(), Path(folder) / "scratch.sqlite3")
        yield f"sqlite:///{folder}/scratch.sqlite3"


@cache
def _migrated_file() -> Path:
    """Made once a test session; every scratch database is a copy of it."""
    folder = tempfile.mkdtemp(prefix="bqs-template-")
    atexit.register(shutil.rmtree, folder)
    template = Path(folder) / "template.sqlite3"
    _migrate(f"sqlite:///{template}")
    return template


@contextmanager
def _postgres_copy() -> Iterator[str]:
    name = f"{_migrated_name()}_{next(_numbers)}"
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{_migrated_name()}"')
    try:
        yield _url_of(name)
    finally:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _migrated_name() -> str:
    name = f"bqs_scratch_{os.getpid()}"
    _on_server(f'DROP DATABASE IF EXISTS "{name}"')
    _on_server(f'CREATE DATABASE "{name}"')
    atexit.register(_on_server, f'DROP DATABASE "{name}" WITH (FORCE)')
    _migrate(_url_of(name))
    return name


def _url_of(name: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _on_server(sql: str) -> None:
    server = psycopg2.connect(_url_of("postgres"))
    server.autocommit = True
    try:
        server.cursor().execute(sql)
    finally:
        server.close()


def _migrate(url: str) -> None:
    _run("manage.py", "migrate", "-v", "0", environment={**os.environ, "DATABASE_URL": url})


def _run(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
