"""Keep figures between askings, and give them again while nothing moved that they count.

See docs/decisions/0067.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import caches
from django.core.exceptions import EmptyResultSet
from django.utils.timezone import localdate

from bqs.dashboard.figure import Scope
from opportunities.domain.policy import FIELDS, policy
from opportunities.feed.places import Head, read_head
from opportunities.lists.figures import older
from opportunities.models import conditions
from opportunities.models.querysets import PERSON_NAMES

MOST_BYTES = 500_000


@dataclass(frozen=True)
class Kept:
    """Figures, with what was read before they were counted."""

    head: Head
    people: list[tuple[Any, ...]]
    now: datetime
    counted: Any

    def holds(self, head: Head, people: list[tuple[Any, ...]], scope: Scope) -> bool:
        """Tell whether they would be the same, counted anew."""
        is_same = (head.identity, head.last) == (self.head.identity, self.head.last)
        # At the end and after it are changes that ran while they were counted.
        is_still = is_same and head.last < self.head.end and people == self.people
        return is_still and not _aged(scope, *sorted((self.now, scope.now)))


def kept(scope: Scope, shown: object, count: Callable[[], Any]) -> Any:
    """Return what `count` brings, or brought before.

    Args:
        shown: what it depends on beside the rows of the scope; as its repr tells.
    """
    key = _key(scope, shown)
    if key is None:
        return count()
    head, people, found = read_head(), _people(), caches["figures"].get(key)
    former: Kept | None = pickle.loads(found) if found else None  # noqa: S301 - our own memory.
    if former and former.holds(head, people, scope):
        return former.counted
    counted = count()
    written = pickle.dumps(Kept(head, people, scope.now, counted))
    # Not where a rule changed while it was applied.
    if len(written) <= MOST_BYTES and key == _key(scope, shown):
        caches["figures"].set(key, written)
    return counted


def _key(scope: Scope, shown: object) -> str | None:
    """Return what figures depend on beside rows, people and moments; None where it is not plain.

    The rows are named by their SQL: whoever sees other rows asks another question.
    """
    try:
        sql, values = scope.rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return None
    # Of another table nobody can tell here whether it moved.
    if sql.count("SELECT") > 1 or " JOIN " in sql:
        return None
    rules = [getattr(policy, name) for name in FIELDS]
    parts = (sql, values, scope.period, localdate(scope.now), rules, shown)
    return sha256(repr(parts).encode()).hexdigest()


def _people() -> list[tuple[Any, ...]]:
    """Return what figures tell of people, who are not in the feed: their names, and who left."""
    return list(User.objects.order_by("pk").values_list("pk", "is_active", *PERSON_NAMES))


def _aged(scope: Scope, begin: datetime, end: datetime) -> bool:
    """Tell whether time alone brings a row into a figure, or out of it, between two moments."""
    aged = conditions.any_by_index(*conditions.passed(begin, end), *older(begin, end))
    return scope.rows.filter(aged).exists()
