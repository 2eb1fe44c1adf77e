"""Divide a full reading among several connections, so that none has much more to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Min

from opportunities.models import Opportunity
from sync.oracle.reading import ranges
from sync.oracle.reading.client import OracleClient
from sync.oracle.reading.habits import Habit
from sync.oracle.reading.paging import Page
from sync.oracle.reading.ranges import EVERYTHING, IdRange

SAMPLE = 500
MOST_OF_ALL = 0.9


@dataclass(frozen=True)
class Partitioning:
    ranges: Sequence[IdRange] = (EVERYTHING,)
    """One for each connection; a single one where dividing would not pay."""
    first: Page | None = None
    """The first page of the first of them, where that has been read already."""


@dataclass(frozen=True)
class Beginning:
    """Hold the first records there are, and roughly how many there are in all."""

    page: Page | None = None
    total: int = 0
    """At most what Oracle or the mirror counts; 0 where there is nothing to divide."""
    known: int = 0
    """How many the mirror has."""

    @classmethod
    def of(cls, client: OracleClient) -> "Beginning":
        """Ask Oracle and the mirror: a tenant may count too few, or not at all."""
        if client.connections == 1:
            return cls()
        known = Opportunity.objects.count()
        first, total = client.beginning()
        if total is None and known > _not_worth_dividing(client):
            first = first or client.first_page()
        elif total is None and not (first and not first.has_more):
            client.habits.add(Habit.UNCOUNTED)
        return cls(first, max(total or 0, known), known)

    @property
    def last_id(self) -> int:
        return max(self.page.ids, default=0) if self.page else 0


def partition(client: OracleClient, beginning: Beginning) -> Partitioning:
    """Divide so that nothing lies outside: a wrong total only makes the ranges uneven."""
    if beginning.total <= _not_worth_dividing(client) or not beginning.last_id:
        return Partitioning(first=beginning.page)
    sample = _known_ids(beginning) or client.ids_at(_offsets(client, beginning))
    if sample is None:
        client.habits.add(Habit.UNDIVIDED)
        return Partitioning(first=beginning.page)
    ids = [each for each in sample if each > beginning.last_id]
    return Partitioning(ranges.divided(ids, client.connections), beginning.page)


def _not_worth_dividing(client: OracleClient) -> int:
    return client.connections * client.config.page_size


def _known_ids(beginning: Beginning) -> list[int]:
    """Return ids evenly spread over the mirror's rows; none where it lacks too many."""
    if beginning.known < beginning.total * MOST_OF_ALL:
        return []
    rows = Opportunity.objects.order_by()
    ends = rows.aggregate(first=Min("id"), last=Max("id"))
    step = max(1, (ends["last"] - ends["first"]) // SAMPLE)
    # By primary key: a look at each row would take longer than a small sync.
    sample = rows.filter(id__in=range(ends["first"], ends["last"] + 1, step))
    return [int(remote_id) for remote_id in sample.values_list("remote_id", flat=True)]


def _offsets(client: OracleClient, beginning: Beginning) -> list[int]:
    """Return the end offset of each range except the last.

    They begin behind the first page; the last range has a page less and ends with an empty one.
    """
    read, parts = client.config.page_size, client.connections
    return [read + beginning.total * n // parts - 1 for n in range(1, parts)]
