"""One opportunity fetched from Oracle now, outside any run."""

from dataclasses import dataclass

from django.db import transaction

from opportunities.models import Opportunity
from sync import conf, promise
from sync.decide import Change, Verdict
from sync.intake import Intake, Item
from sync.oracle.client import OracleClient
from sync.oracle.errors import OracleNotFound
from sync.quarantine import quarantined_ids


@dataclass(frozen=True)
class Refreshed:
    opportunity: Opportunity
    changed_fields: list[str]


def refresh_opportunity(key: str) -> Refreshed:
    """Bring one record up to date by its OptyId or, failing that, its OptyNumber.

    Raises: OracleError (OracleNotFound where Oracle shows no such record); RecordError where
    the record cannot be taken in, and is then in quarantine.
    """
    promise.withdraw_if_broken()
    mapping = conf.field_mapping()
    item = _fetch(key, conf.oracle_client(mapping))
    with transaction.atomic():
        intake = Intake(mapping, log=None)
        batch = intake.take_in(intake.parse([item]), quarantined_ids())
    for _, refusal in batch.outcome.refused:
        raise refusal
    (remote_id,) = batch.ids
    opportunity = Opportunity.objects.for_list().get(remote_id=remote_id)
    return Refreshed(
        opportunity, [name for change in batch.outcome.changes for name in _moved(change)]
    )


def _moved(change: Change) -> list[str]:
    """The fields that moved; of a new record, all that Oracle sent."""
    return list(change.record.values if change.verdict is Verdict.CREATE else change.diff)


def _fetch(key: str, client: OracleClient) -> Item:
    known = Opportunity.objects.named(key).only("remote_id").first()
    item = None
    if known or (key.isascii() and key.isdigit()):
        item = client.by_id(known.remote_id if known else key)
    item = item or client.by_number(key)
    if item is None:
        raise OracleNotFound(f"Oracle shows no opportunity {key} to our user.")
    return item
