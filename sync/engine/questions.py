"""Ask Oracle for records by their ids: those somebody chose, and those in quarantine."""

from collections.abc import Sequence

from opportunities.models import Opportunity
from sync.engine import sync_log
from sync.engine.page_store import PageStore
from sync.ingest.quarantine import note_asked, quarantined_ids
from sync.oracle.errors import (
    OracleError,
    OracleLoginRefused,
    OracleProtocolError,
    OracleQueryRefused,
)
from sync.oracle.reading.client import OracleClient
from sync.oracle.reading.questions import Question, asked_by_number, shown_by_id

MOST_REQUESTS = 16


def ask_for_chosen(client: OracleClient, store: PageStore, chosen: Sequence[str]) -> None:
    """Ingest these records, also where only their numbers bring them. Raises: OracleError."""
    refusal: OracleError | None = None
    try:
        for _, items in shown_by_id(client, chosen):
            store.store_asked(items)
    except (OracleQueryRefused, OracleProtocolError) as error:
        refusal = error
    rows = Opportunity.objects.filter(remote_id__in=store.unseen(chosen))
    known = [Question(*each) for each in rows.values_list("remote_id", "opty_number")]
    for answer in asked_by_number(client, known):
        store.store_asked([answer.item] if answer.item else [])
    if refusal and store.unseen(chosen):
        raise refusal


def ask_for_quarantined(client: OracleClient, store: PageStore) -> None:
    """Try them again by id: they may have become right without Oracle stamping them anew.

    Raises: OracleLoginRefused.
    """
    try:
        for asked, items in shown_by_id(client, store.unseen(quarantined_ids()), MOST_REQUESTS):
            store.store_asked(items)
            if not store.is_dry:
                note_asked(asked)
    except OracleLoginRefused:
        raise
    except OracleError as error:
        sync_log.remark(
            store.log,
            f"Rejected records were not all tried again; the next run does so. Reason: {error}",
        )
