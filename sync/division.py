"""Divides a full reading among several connections, so that none has much more to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Min

from opportunities.models import Opportunity
from sync.oracle import ranges
from sync.oracle.client import OracleClient
from sync.oracle.paging import Page
from sync.oracle.ranges import EVERYTHING, IdRange

SAMPLE = 500
MOST_OF_ALL = 0.9


@dataclass(frozen=True)
class Division:
    ranges: Sequence[IdRange] = (EVERYTHING,)
    """One a connection; a single one where dividing would not pay."""
    first: Page | None = None
    """What the first of them begins with, where that has been read already."""


@dataclass(frozen=True)
class Beginning:
    """The first records there are, and how many there are in all, roughly."""

    page: Page | None = None
    total: int = 0
    """0 where nobody knows, and where there is nothing to divide."""
    known: int = 0
    """How many the mirror has."""

    @classmethod
    def of(cls, client: OracleClient) -> "Beginning":
        """Ask Oracle or, of a tenant that does not count, the mirror."""
        if client.connections == 1:
            return cls()
        known = Opportunity.objects.count()
        first, total = client.beginning()
        return cls(first, known if total is None else total, known)

    @property
    def last_id(self) -> int:
        return max(self.page.ids, default=0) if self.page else 0


def divided(client: OracleClient, beginning: Beginning) -> Division:
    if beginning.total <= client.connections * client.page_size:
        return Division(first=beginning.page)
    sample = _known_ids(beginning) or client.ids_at(_offsets(client, beginning))
    ids = [each for each in sample if each > beginning.last_id]
    return Division(ranges.divided(ids, client.connections), beginning.page)


def _known_ids(beginning: Beginning) -> list[int]:
    """Some ids of the mirror, evenly spread over its rows; none where it has not most of all."""
    if beginning.known < beginning.total * MOST_OF_ALL:
        return []
    rows = Opportunity.objects.order_by()
    ends = rows.aggregate(first=Min("id"), last=Max("id"))
    step = max(1, (ends["last"] - ends["first"]) // SAMPLE)
    # By primary key: a look at each row would take longer than a small sync.
    sample = rows.filter(id__in=range(ends["first"], ends["last"] + 1, step))
    return [int(remote_id) for remote_id in sample.values_list("remote_id", flat=True)]


def _offsets(client: OracleClient, beginning: Beginning) -> list[int]:
    """The last place of every range but the last, which has a page less and ends with an empty one.

    They begin behind the first page of all.
    """
    read, parts = client.page_size, client.connections
    return [read + beginning.total * n // parts - 1 for n in range(1, parts)]
