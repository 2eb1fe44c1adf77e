"""Make and drop the views; each is a file in `sql/`. PostgreSQL has them in the schema `bi`.

A view holds the columns that it shows, so they go before a migration and come again after it.
"""

import hashlib
import logging
from typing import Any

from django.db import DatabaseError, connection, transaction

from bqs.analysts.dictionary import comments
from bqs.analysts.view_files import FOLDER, PIPELINE_AS_OF, VIEWS

logger = logging.getLogger(__name__)

VERSION = 1
"""See "What stays" in docs/analysts.md."""
ENTER_SCHEMA = """
    SELECT set_config('search_path', 'bi, ' || current_setting('search_path'), true),
        -- A comment may have to wait for a vacuum; nobody who reads or writes waits behind it.
        set_config('lock_timeout', '0', true)
"""


def create_views() -> None:
    """Make them anew. Raises: DatabaseError."""
    on_postgres, digest = connection.vendor == "postgresql", _digest()
    with transaction.atomic(), connection.cursor() as cursor:
        drop_views()
        if on_postgres:
            _enter_schema(cursor)
        for view in VIEWS:
            sql = view.sql if on_postgres else view.sql.replace("string_agg(", "group_concat(")
            sql = sql.replace("{version}", str(VERSION)).replace("{digest}", digest)
            cursor.execute(f"CREATE VIEW {view.name} AS {sql}")
        if on_postgres:
            cursor.execute(PIPELINE_AS_OF.sql)
            cursor.execute("\n".join(comments()))


@transaction.atomic
def drop_views() -> None:
    """Drop them, but not the schema, which knows who may read them. Raises: DatabaseError."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS bi.{PIPELINE_AS_OF.name}")
        for view in reversed(VIEWS):
            cursor.execute(f"DROP VIEW IF EXISTS {_qualified(view.name)}")


def are_current() -> bool:
    """Return whether the views are there, and made from what is there to make them from."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {_qualified('bi_version')}")  # noqa: S608
            return cursor.fetchone() == (VERSION, _digest())
    except DatabaseError:
        return False


def before_migrations(plan: Any, using: str, **_: Any) -> None:
    if plan and using == "default":
        drop_views()


def after_migrations(using: str, **signal: Any) -> None:
    """Make them, unless a test has only emptied the tables, which is no migration."""
    if "plan" not in signal or using != "default" or are_current():
        return
    try:
        create_views()
    except DatabaseError as error:
        reason = str(error).splitlines()[0]
        logger.warning("The views for analysts are missing: %s. See docs/analysts.md.", reason)


def _enter_schema(cursor: Any) -> None:
    """Make what follows in it until the transaction ends, from the tables of the usual one."""
    cursor.execute("SELECT to_regnamespace('bi')")
    # Who may not make one can use one that is there.
    if cursor.fetchone() == (None,):
        cursor.execute("CREATE SCHEMA bi")
    cursor.execute(ENTER_SCHEMA)


def _digest() -> str:
    files = (each.read_text(encoding="utf-8") for each in sorted(FOLDER.iterdir()))
    return hashlib.sha256("\n".join((*files, *comments())).encode()).hexdigest()[:16]


def _qualified(name: str) -> str:
    return f"bi.{name}" if connection.vendor == "postgresql" else name
