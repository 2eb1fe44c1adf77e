"""Sort texts as people look for them: Ä beside A, 9 before 10, whatever the case.

PostgreSQL does it by a collation of ICU that the columns have, so that their indexes do; SQLite
by a key, which Python makes of each text.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models.expressions import OrderBy

from opportunities.domain.fields import FIELDS, SORTED_AS_WORDS

COLLATION = "people"
NAMES = frozenset(
    {field.name for field in FIELDS if field.kind in SORTED_AS_WORDS}
    | {"first_name", "last_name", "username", "priority"}
)
"""Columns with an order of their own; codes and ids stay in the order of their characters."""
# What is no letter with a mark to Unicode, and stands beside its like to people.
BESIDE = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
NUMBER = re.compile(r"\d+")
MOST_REMEMBERED = 50_000


@lru_cache(MOST_REMEMBERED)
def sort_key(text: str) -> str:
    """Return what two texts are compared by: letters first, then marks, then case."""
    folded = text.casefold()
    plain = folded if folded.isascii() else _without_marks(folded).translate(BESIDE)
    return "\1".join((NUMBER.sub(_by_size, plain), folded, text.swapcase()))


class InOrder(models.Transform):
    """Sort and compare a column of NAMES by its key: `name__in_order`."""

    lookup_name = "in_order"
    function = "bqs_sort_key"

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return super().as_sql(
            compiler, connection, template=f'%(expressions)s COLLATE "{COLLATION}"', **more
        )


models.CharField.register_lookup(InOrder)


def in_order(path: str) -> str:
    """Return what to sort by, for a column or for one of a related table."""
    return f"{path}__in_order" if path.rpartition("__")[2] in NAMES else path


def order(path: str, *, descending: bool = False) -> OrderBy:
    """Return an ordering in which the empty values come last."""
    return OrderBy(models.F(in_order(path)), descending=descending, nulls_last=True)


def add_to_sqlite(connection: Any, **more: Any) -> None:
    """Add the function to each new connection; PostgreSQL has its collation by a migration."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("bqs_sort_key", 1, _key_or_null, deterministic=True)


def _key_or_null(text: str | None) -> str | None:
    return None if text is None else sort_key(text)


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not _is_mark(char))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn"


def _by_size(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0")
    return f"{len(digits):04}{digits}"
