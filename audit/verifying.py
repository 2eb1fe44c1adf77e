"""Read every seal and every sealed row again, and name what no longer fits."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from django.utils import timezone

from audit.heads import Head
from audit.models import Seal
from audit.sealing import BEGINNING, LATE, hashed_after, sealed_after, unsealed
from audit.sources import Row, Source, source_of, sources

CHUNK = 5000


class Finding(NamedTuple):
    what: str
    """changed, removed, inserted, or truncated."""
    sentence: str


class Verified:
    """Goes through the chain once. The memory it takes grows with the deals, not with the rows."""

    def __init__(self) -> None:
        self.position, self.hash = 0, BEGINNING
        self.waiting = 0
        self._chains: dict[str, str] = {}
        self._sealed_at: datetime | None = None

    def findings(self, heads: Sequence[Head] = ()) -> Iterator[Finding]:
        """Yield what does not fit, in the order of the seals.

        Args:
            heads: written outside of the database, in their order.
        """
        outside = iter(heads)
        head = next(outside, None)
        agreed = 0
        for seals in _chunks():
            rows = _rows_of(seals)
            for seal in seals:
                yield from self._seal(seal)
                yield from self._row(seal, rows[seal.kind].get(seal.key))
                while head and head.position <= seal.position:
                    if head.position == seal.position and head.hash == seal.hash:
                        agreed = head.position
                    else:
                        yield _resealed(head, agreed)
                    head = next(outside, None)
        if head:
            yield _truncated(head, self.position)
        for source in sources():
            yield from self._unsealed(source)

    def _seal(self, seal: Seal) -> Iterator[Finding]:
        """Hold it against its predecessors as they are stored, so that each is named by itself."""
        if seal.position != self.position + 1:
            gone = f"The seals from position {self.position + 1} to {seal.position - 1} are gone."
            yield Finding("removed", gone)
        row = Row(seal.key, seal.sealed_at, seal.chain, seal.digest)
        chain_hash = sealed_after(self._chains.get(seal.chain, BEGINNING), row, seal.kind)
        if (chain_hash, hashed_after(self.hash, seal)) != (seal.chain_hash, seal.hash):
            sentence = f"The seal at position {seal.position} does not follow from those before it."
            yield Finding("changed", sentence)
        self._chains[seal.chain] = seal.chain_hash
        self.position, self.hash = seal.position, seal.hash
        self._sealed_at = seal.sealed_at

    def _row(self, seal: Seal, row: Row | None) -> Iterator[Finding]:
        if row is None:
            yield Finding("removed", f"{_sealed(seal)}, is gone.")
        elif (row.digest, row.chain) != (seal.digest, seal.chain):
            yield Finding("changed", f"{_sealed(seal)}, is not what it was.")

    def _unsealed(self, source: Source) -> Iterator[Finding]:
        """A row older than the last sealing, and not under it, was not there then."""
        rows = source.rows().filter(unsealed(source)).order_by("pk")
        late = {f"{source.at}__lt": (self._sealed_at or timezone.now()) - LATE}
        self.waiting += rows.exclude(**late).count()
        for row in source.read(rows.filter(**late)[:CHUNK]):
            sentence = (
                f"{_named(source.kind, row.key, row.chain)} has no seal: it was put in later."
            )
            yield Finding("inserted", sentence)


def _chunks() -> Iterator[list[Seal]]:
    """Yield seals as rows of their columns, which are made in a third of the time."""
    columns = [field.name for field in Seal._meta.fields]
    rows = Seal.objects.order_by("position").values_list(*columns, named=True)
    last = 0
    while seals := list(rows.filter(position__gt=last)[:CHUNK]):
        yield cast(list[Seal], seals)
        last = seals[-1].position


def _rows_of(seals: list[Seal]) -> dict[str, dict[int, Row]]:
    keys = defaultdict[str, list[int]](list)
    for seal in seals:
        keys[seal.kind].append(seal.key)
    found = defaultdict[str, dict[int, Row]](dict)
    for kind, wanted in keys.items():
        if source := source_of(kind):
            rows = source.read(source.rows().filter(pk__in=wanted))
            found[kind] = {row.key: row for row in rows}
    return found


def _sealed(seal: Seal) -> str:
    what = _named(seal.kind, seal.key, seal.chain)
    return f"{what}, sealed {seal.sealed_at:%Y-%m-%d %H:%M} at position {seal.position}"


def _named(kind: str, key: int, chain: str) -> str:
    source = source_of(kind)
    what = f"{source.name if source else kind} {key}"
    return f"{what} of deal {chain}" if source and source.deal else what


def _resealed(head: Head, agreed: int) -> Finding:
    return Finding(
        "changed",
        f"The seal at position {head.position} is not the one written outside on "
        f"{head.at:%Y-%m-%d %H:%M}: something after position {agreed} was changed and sealed anew.",
    )


def _truncated(head: Head, position: int) -> Finding:
    return Finding(
        "truncated",
        f"The seals end at position {position}, but on {head.at:%Y-%m-%d %H:%M} they went on "
        f"to {head.position}: the last ones, and what they sealed, are gone.",
    )
