"""Divides a full reading among several connections, so that none has much more to read."""

from django.db.models import F

from opportunities.models import Opportunity
from sync.oracle.client import OracleClient
from sync.oracle.ranges import EVERYTHING, IdRange, divided
from sync.order import Reading

SAMPLE = 1_000
WHOLE = [EVERYTHING]


def ranges_for(reading: Reading, client: OracleClient) -> list[IdRange]:
    """One range a connection; a single one where dividing would not pay."""
    connections = client.connections
    if not reading.is_full or connections == 1:
        return WHOLE
    worth_it = connections * client.page_size
    known = Opportunity.objects.count()
    if known >= worth_it:
        return divided(_known_ids(known), connections)
    total = client.estimated_total() or 0
    if total < worth_it:
        return WHOLE
    return divided(client.sampled_ids(total, connections - 1), connections)


def _known_ids(known: int) -> list[int]:
    """Some ids of the mirror, evenly spread over its rows."""
    every = max(1, known // SAMPLE)
    sample = Opportunity.objects.annotate(rest=F("id") % every).filter(rest=0)
    return [int(remote_id) for remote_id in sample.values_list("remote_id", flat=True)]
