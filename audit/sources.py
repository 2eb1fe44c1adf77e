"""Register which rows are sealed and which of their columns; each app names its own."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Model, Q, QuerySet

AUDIT_CHAIN = "audit"


@dataclass(frozen=True)
class Part:
    """Rows that belong to the sealed one, and are sealed with it."""

    model: type[Model]
    whole: str
    """Column that names the sealed row."""
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    kind: str
    name: str
    """Words that a finding uses."""
    model: type[Model]
    at: str
    """Column with the time of the row; one that appears long after was put in later."""
    deal: str
    """Leads to the CRM's id of the deal; blank for what belongs to none."""
    fields: tuple[str, ...]
    """Columns that never change; another one here needs another kind, or old seals break."""
    only: Q = field(default_factory=Q)
    parts: tuple[Part, ...] = ()

    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(self.only)

    def read(self, rows: QuerySet[Any]) -> list["Row"]:
        """Return them with their digests, in a query, and one for each kind of parts."""
        columns = ("pk", self.at, *([self.deal] if self.deal else []))
        found = list(rows.values_list(*columns, *self.fields))
        parts = self._parts([each[0] for each in found])
        return [
            Row(
                key=each[0],
                at=each[1],
                chain=str(each[2]) if self.deal else AUDIT_CHAIN,
                digest=_digest(self.kind, each[0], each[len(columns) :], parts[each[0]]),
            )
            for each in found
        ]

    def _parts(self, keys: list[int]) -> defaultdict[int, list[Any]]:
        found = defaultdict[int, list[Any]](list)
        for part in self.parts:
            rows = part.model._default_manager.filter(**{f"{part.whole}__in": keys})
            for whole, *values in rows.order_by("pk").values_list(part.whole, "pk", *part.fields):
                found[whole].append((part.model._meta.label_lower, *values))
        return found


class Row(NamedTuple):
    key: int
    at: datetime
    chain: str
    digest: str


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    _sources[source.kind] = source


def sources() -> Iterator[Source]:
    yield from _sources.values()


def source_of(kind: str) -> Source | None:
    return _sources.get(kind)


def hash_of(*words: object) -> str:
    return hashlib.sha256("\n".join(map(str, words)).encode()).hexdigest()


def _digest(kind: str, key: int, values: Iterable[Any], parts: list[Any]) -> str:
    return hashlib.sha256(_canonical([kind, key, *values, parts]).encode()).hexdigest()


def _plain(value: Any) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
    raise TypeError(f"No seal can hold a {type(value).__name__}.")


_canonical = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
).encode
