"""Choose the attributes to ask a tenant for, and do without those it lacks. No queries."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice
from operator import attrgetter
from threading import Lock

from sync.oracle.errors import OracleQueryRefused
from sync.oracle.names import ATTRIBUTES_SETTING, ID_COLUMN, UPDATED_COLUMN

ESSENTIAL_COLUMNS = frozenset({ID_COLUMN, "name", UPDATED_COLUMN})
CUSTOM = "_c"


@dataclass(frozen=True)
class Attribute:
    """Describe one attribute that a reading would like to have."""

    name: str
    column: str = ""
    """The column it fills, alone or with others; blank for an extra attribute."""
    setting: str = ATTRIBUTES_SETTING
    """The setting to change where the tenant has another name."""
    is_named: bool = False
    """By a person; otherwise most tenants have it."""

    @property
    def is_essential(self) -> bool:
        """Return whether nothing can be read without an attribute of its column."""
        return self.column in ESSENTIAL_COLUMNS

    @property
    def is_custom(self) -> bool:
        return self.name.endswith(CUSTOM)


class Attributes:
    """Hold the attributes of one reading; several connections may share it.

    Of two that fill one column only the first that the tenant has is asked for. Of the dates of
    the last update all are: the latest counts.
    """

    def __init__(self, wanted: Iterable[Attribute], assumed_absent: Iterable[str] = ()) -> None:
        """
        Args:
            wanted: those of one column side by side, the best first.
            assumed_absent: names not to be asked for until more is known of the tenant.
        """
        self.wanted = tuple(wanted)
        self._assumed, self._refused = frozenset(assumed_absent), frozenset[str]()
        self._lock = Lock()
        self._seen: frozenset[str] = frozenset()
        self.names = tuple(self._to_ask_for())

    @property
    def update_dates(self) -> list[str]:
        """Return the dates of the last update that are asked for."""
        dates = {each.name for each in self.wanted if each.column == UPDATED_COLUMN}
        return [name for name in self.names if name in dates]

    @property
    def least(self) -> list[str]:
        """Return the names asked for without which nothing can be read."""
        return [name for name in self.names if self.indispensable_among([name])]

    @property
    def unseen(self) -> list[Attribute]:
        """Return those asked for that came in no record so far."""
        names = set(self.names) - self._seen
        return [each for each in self.wanted if each.name in names]

    @property
    def absent(self) -> list[Attribute]:
        """Return those that the tenant is known to lack, if they are missed."""
        lacking = [each for each in self.wanted if not self._is_there(each)]
        return self.missed_among(lacking)

    def missed_among(self, lacking: Collection[Attribute]) -> list[Attribute]:
        """Return those of the lacking that a person named, or the best of a column without any."""
        asked = (each for each in self.wanted if each.name in self.names)
        filled = {each.column for each in asked if each.column and each not in lacking}
        spare = stand_ins(self.wanted)
        return [
            each
            for each in lacking
            if each.is_named or not (each.column in filled or each.name in spare)
        ]

    def assume_absent(self, names: Iterable[str]) -> None:
        """Assume that the tenant lacks these, and no others."""
        with self._lock:
            self._assumed = frozenset(names)
            self.names = tuple(self._to_ask_for())

    def leave_out(self, names: Iterable[str]) -> None:
        """Stop asking for what the tenant refuses.

        Raises: OracleQueryRefused where nothing can be read without one of them.
        """
        with self._lock:
            refused = self._refused.union(names)
            if lacking := self.indispensable_among(refused):
                raise OracleQueryRefused(unreadable_without(lacking))
            self._refused = refused
            # The assumptions about its column may have changed as well.
            columns = {each.column for each in self.wanted if each.name in refused}
            self._assumed -= {each.name for each in self.wanted if each.column in columns}
            self.names = tuple(self._to_ask_for())

    def indispensable_among(self, names: Iterable[str]) -> list[Attribute]:
        """Return those of an essential column of which all are refused or among the names."""
        gone = self._refused.union(names)
        for column in sorted(ESSENTIAL_COLUMNS):
            candidates = [each for each in self.wanted if each.column == column]
            if candidates and all(each.name in gone for each in candidates):
                return candidates
        return []

    def note_seen(self, items: Iterable[object]) -> None:
        """Note which attributes came; costs nothing once each has come."""
        if awaited := set(self.names) - self._seen:
            records = (item for item in items if isinstance(item, dict))
            came = awaited.intersection(chain.from_iterable(records))
            with self._lock:
                self._seen |= came

    def _is_there(self, attribute: Attribute) -> bool:
        return attribute.name not in self._assumed and attribute.name not in self._refused

    def _to_ask_for(self) -> Iterator[str]:
        for column, candidates in groupby(self.wanted, attrgetter("column")):
            there = [each.name for each in candidates if self._is_there(each)]
            yield from there if column in ("", UPDATED_COLUMN) else there[:1]


def stand_ins(wanted: Iterable[Attribute]) -> set[str]:
    """Return the names of those that fill a column only where a better one is missing."""
    columns = groupby(wanted, attrgetter("column"))
    return {each.name for column, group in columns if column for each in islice(group, 1, None)}


def is_named_in(words: str, name: str) -> bool:
    """Return whether the name is one of the words, not a part of one."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words))


def unreadable_without(lacking: list[Attribute]) -> str:
    names = " or ".join(each.name for each in lacking)
    return (
        f"This Oracle does not know the attribute {names}, and nothing can be read without it: "
        f"write the tenant's own name into {ATTRIBUTES_SETTING} ({lacking[0].name}=...), or check "
        "ORACLE_API_VERSION."
    )
