"""Fetch one opportunity from Oracle now, outside any run."""

from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone

from opportunities.models import Opportunity
from sync import conf
from sync.engine import messages
from sync.engine.schema import known_to_lack
from sync.ingest.decide import Verdict
from sync.ingest.ingest import Batch, Ingester, Item
from sync.ingest.quarantine import quarantined_ids
from sync.ingest.upsert import Upsert
from sync.oracle.errors import OracleNotFound, OracleProtocolError, OracleQueryRefused
from sync.oracle.names import ID_ATTRIBUTE
from sync.oracle.reading.client import OracleClient
from sync.safety import mirror_check
from sync.safety.lock_waits import RowLocked, bounded_lock_waits, was_lock_wait


@dataclass(frozen=True)
class Refreshed:
    opportunity: Opportunity
    changed_fields: list[str]
    """The fields that moved; of a new record, all that Oracle sent."""


def refresh_opportunity(key: str) -> Refreshed:
    """Bring one record up to date by its OptyId or, failing that, its OptyNumber.

    Raises: OracleError (OracleNotFound where Oracle shows no such record); RecordError where
    the record cannot be imported, and is then in quarantine; RowLocked.
    """
    asked_at = timezone.now()
    mirror_check.withdraw_watermarks_if_damaged()
    mapping = conf.field_mapping()
    with conf.oracle_client(mapping, known_to_lack(mapping)) as client:
        item = _fetch(key, client)
    batch = _store(item, Ingester(mapping, Upsert(log=None, truth_since=asked_at)))
    for _, refusal in batch.outcome.refused:
        raise refusal
    (remote_id,) = batch.ids
    moved: list[str] = []
    for change in batch.outcome.changes:
        moved += change.record.values if change.verdict is Verdict.CREATE else change.diff
    return Refreshed(Opportunity.objects.for_list().get(remote_id=remote_id), moved)


def _store(item: Item, ingester: Ingester) -> Batch:
    try:
        with transaction.atomic(), bounded_lock_waits():
            return ingester.ingest(ingester.parse([item]), quarantined_ids())
    except OperationalError as error:
        if was_lock_wait(error):
            raise RowLocked(messages.row_locked(settings.SYNC_LOCK_TIMEOUT_S)) from error
        raise


def _fetch(key: str, client: OracleClient) -> Item:
    known = Opportunity.objects.named(key).only("remote_id", "opty_number").first()
    item = _fetch_known(known, client) if known else _fetch_unknown(key, client)
    if item is None:
        raise OracleNotFound(f"Oracle shows no opportunity {key} to our user.")
    return item


def _fetch_known(opportunity: Opportunity, client: OracleClient) -> Item | None:
    """Ask by number also for what a finder does not show, unless another deal bears it now."""
    item = _by_id(opportunity.remote_id, client)
    if item is None and opportunity.opty_number:
        item = client.by_number(opportunity.opty_number)
        is_it = item and str(item[ID_ATTRIBUTE]) == opportunity.remote_id
        return item if is_it else None
    return item


def _fetch_unknown(key: str, client: OracleClient) -> Item | None:
    is_id = key.isascii() and key.isdigit()
    return (_by_id(key, client) if is_id else None) or client.by_number(key)


def _by_id(remote_id: str, client: OracleClient) -> Item | None:
    try:
        return client.by_id(remote_id)
    except (OracleQueryRefused, OracleProtocolError):
        return None
