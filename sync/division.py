"""Divides a full reading among several connections, so that none has much more to read."""

from django.db.models import F

from opportunities.models import Opportunity
from sync.oracle.client import OracleClient
from sync.oracle.ranges import EVERYTHING, IdRange, divided

SAMPLE = 1_000
WHOLE = [EVERYTHING]


def estimated_total(client: OracleClient) -> int:
    """How many records there are, roughly: what the mirror has or, while that is little, what
    Oracle says. 0 where nobody knows, or where there is only one connection to divide among.
    """
    if client.connections == 1:
        return 0
    known = Opportunity.objects.count()
    return known if _pays(known, client) else client.estimated_total() or 0


def divided_ids(client: OracleClient, total: int) -> list[IdRange]:
    """One range a connection, or a single one where dividing would not pay."""
    if not _pays(total, client):
        return WHOLE
    sample = _known_ids(total) or client.sampled_ids(total, client.connections - 1)
    return divided(sample, client.connections)


def _pays(total: int, client: OracleClient) -> bool:
    return client.connections > 1 and total >= client.connections * client.page_size


def _known_ids(total: int) -> list[int]:
    """Some ids of the mirror, evenly spread over its rows; none where it has but few of all."""
    known = Opportunity.objects.count()
    if known < total // 2:
        return []
    every = max(1, known // SAMPLE)
    sample = Opportunity.objects.annotate(rest=F("id") % every).filter(rest=0)
    return [int(remote_id) for remote_id in sample.values_list("remote_id", flat=True)]
