"""Drop and make the indexes of opportunities on PostgreSQL around a first load.

Kept row by row they cost as much as the rows themselves; made at once, at its end, a quarter.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

from opportunities.models import Opportunity

logger = logging.getLogger(__name__)

# Somebody who reads for longer is not waited for: the load goes on with the indexes then.
PATIENCE = "2s"
# PostgreSQL makes each of a small table by one process.
SIDE_BY_SIDE = 3
PRESENT = "SELECT indexname FROM pg_indexes WHERE tablename = %s AND schemaname = current_schema()"


@contextmanager
def loading_without_indexes() -> Iterator[None]:
    """Drop the indexes until the block ends; after a crash, the next run makes them."""
    _drop_indexes()
    try:
        yield
    finally:
        make_missing_indexes()


def make_missing_indexes() -> None:
    if not _has_its_own_commits():
        return
    try:
        missing = _missing_indexes()
    except DatabaseError as error:
        logger.warning("some indexes of opportunities may be missing: %s", error)
        return
    shares = [missing[n::SIDE_BY_SIDE] for n in range(SIDE_BY_SIDE)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as makers:
        list(makers.map(_make_each, filter(None, shares)))


def _make_each(indexes: list[models.Index]) -> None:
    """Make them over a connection of this thread's own; one that is refused costs no other."""
    try:
        for index in indexes:
            _make(index)
    finally:
        connection.close()


def _make(index: models.Index) -> None:
    try:
        with connection.schema_editor() as editor:
            # Nor does a new one wait for ever for somebody who writes.
            editor.execute(f"SET LOCAL lock_timeout = '{settings.SYNC_LOCK_TIMEOUT_S}s'")
            editor.add_index(Opportunity, index)
    except DatabaseError as error:
        logger.warning("index %s is missing, so lists are slow: %s", index.name, error)


def _drop_indexes() -> None:
    if not _has_its_own_commits():
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            for index in Opportunity._meta.indexes:
                # A new row is in none with a condition: to keep those costs less than to make them.
                if index.condition is None:
                    cursor.execute(f'DROP INDEX IF EXISTS "{index.name}"')
    except DatabaseError as error:
        logger.info("the first load keeps the indexes as it goes: %s", error)


def _missing_indexes() -> list[models.Index]:
    with connection.cursor() as cursor:
        cursor.execute(PRESENT, [Opportunity._meta.db_table])
        present = {name for (name,) in cursor.fetchall()}
    return [index for index in Opportunity._meta.indexes if index.name not in present]


def _has_its_own_commits() -> bool:
    """Tell whether each index is committed alone: a transaction around it would lock the table."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block
