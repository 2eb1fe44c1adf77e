"""Make PostgreSQL's index for parts of words; without it a search reads every row.

It costs more to keep than all other indexes together, so it is made once the first load is in,
at once instead of row by row.
"""

from django.db import connection, transaction
from django.db.utils import DatabaseError

MAKE = """
    CREATE INDEX IF NOT EXISTS opp_search_text ON opportunities USING gin (search_text gin_trgm_ops)
"""


class NoSearchIndex(Exception):
    """Say why there is no index, and who can change that."""


def make_search_index() -> bool:
    """Make it where it is missing; some seconds for 100,000 rows, in which nobody writes.

    Returns whether there is one now: only PostgreSQL has it.

    Raises: NoSearchIndex, where PostgreSQL does not allow it.
    """
    if connection.vendor != "postgresql":
        return False
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(MAKE)
    except DatabaseError as error:
        raise NoSearchIndex(
            f"Search works, and reads every row: {str(error).splitlines()[0]}. Ask the database's "
            "owner for CREATE EXTENSION pg_trgm."
        ) from error
    return True
