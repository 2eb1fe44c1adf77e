"""Seal what is on record, in one chain over all and one for each deal.

Rows are written without a hash, so that writers do not wait for one another; whoever seals takes
those that have none, whatever their ids: what was committed late is not left out.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from audit.models import Seal
from audit.sources import Row, Source, hash_of, sources

LATE = timedelta(days=1)
"""No transaction is open for so long: a row that is older than this when it appears was put in."""
CHUNK = 2000
# Any number will do, as long as nothing else in this database locks by it. ("BQS seal")
POSTGRES_KEY = 0x4251535345
BEGINNING = ""


@transaction.atomic
def seal() -> int:
    """Seal all that is committed and has no seal; return how much that was."""
    wait_for_turn()
    head = head_of_all()
    sealer = _Sealer(head, head.sealed_at - LATE if head else None)
    return sum(sealer.seal(source) for source in sources())


def head_of_all() -> Seal | None:
    head: Seal | None = Seal.objects.order_by("-position").first()
    return head


def head_of(deal: str) -> Seal | None:
    """Return the last seal of a deal, by the CRM's id."""
    head: Seal | None = Seal.objects.filter(chain=deal).order_by("-position").first()
    return head


def unsealed(source: Source) -> Q:
    return ~Q(Exists(Seal.objects.filter(kind=source.kind, key=OuterRef("pk"))))


def sealed_after(former: str, row: Row, kind: str) -> str:
    return hash_of(former, row.chain, kind, row.key, row.digest)


def hashed_after(former: str, seal: Seal) -> str:
    return hash_of(former, seal.position, seal.chain_hash, seal.sealed_at.isoformat())


class _Sealer:
    def __init__(self, head: Seal | None, since: datetime | None) -> None:
        self.position, self.hash = (head.position, head.hash) if head else (0, BEGINNING)
        # Clocks are set back at times; a chain is not.
        self.at = max(timezone.now(), head.sealed_at) if head else timezone.now()
        self.since = since

    def seal(self, source: Source) -> int:
        count = 0
        for rows in self._unsealed(source):
            heads = _chain_hashes({row.chain for row in rows})
            Seal.objects.bulk_create(self._next(source.kind, row, heads) for row in rows)
            count += len(rows)
        return count

    def _unsealed(self, source: Source) -> Iterator[list[Row]]:
        waiting = source.rows().filter(unsealed(source)).order_by("pk")
        if self.since:
            waiting = waiting.filter(**{f"{source.at}__gte": self.since})
        last = 0
        while rows := source.read(waiting.filter(pk__gt=last)[:CHUNK]):
            last = rows[-1].key
            yield rows

    def _next(self, kind: str, row: Row, heads: dict[str, str]) -> Seal:
        self.position += 1
        heads[row.chain] = sealed_after(heads.get(row.chain, BEGINNING), row, kind)
        seal = Seal(
            position=self.position,
            kind=kind,
            key=row.key,
            chain=row.chain,
            digest=row.digest,
            chain_hash=heads[row.chain],
            sealed_at=self.at,
        )
        seal.hash = self.hash = hashed_after(self.hash, seal)
        return seal


def _chain_hashes(chains: set[str]) -> dict[str, str]:
    last = Seal.objects.filter(chain__in=chains).values("chain").annotate(last=Max("position"))
    positions = last.order_by().values("last")
    return dict(Seal.objects.filter(position__in=positions).values_list("chain", "chain_hash"))


def wait_for_turn() -> None:
    """Lock out other sealers; on SQLite a transaction that may write is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSTGRES_KEY])
