"""Writes into a scratch database as somebody beside the sync does."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg2

from sync.tests.scratch_database import IS_POSTGRES, ScratchDatabase


def write(database: ScratchDatabase, *statements: str) -> None:
    with closing(_connected(database.url)) as connection:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        connection.commit()


def _connected(url: str) -> Any:
    if IS_POSTGRES:
        return psycopg2.connect(url)
    return sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30)
