"""Parse, decide, write or quarantine items of Oracle: the way every record takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sync.ingest.quarantine import is_ignored, quarantine, release
from sync.ingest.upsert import Decided, Outcome, Upsert
from sync.oracle.errors import RecordError
from sync.oracle.fields.mapping import CrmOpportunity, FieldMapping

Item = dict[str, Any]


@dataclass
class Batch:
    """Hold what became of the items of one page."""

    outcome: Outcome
    ids: set[str] = field(default_factory=set)
    """Of every item whose id could be read, rejected or not."""
    newest: datetime | None = None
    """The latest LastUpdateDate among them."""
    awaiting: int = 0
    """Rejected records that nobody has decided to ignore."""
    unaskable: int = 0
    """Those of the awaiting ones without an id to ask for them again."""
    statuses: set[str] = field(default_factory=set)
    """The CRM statuses among them."""


@dataclass
class ParsedPage:
    records: dict[str, CrmOpportunity]
    """By CRM id."""
    refused: list[tuple[Any, RecordError]]
    decided: Decided | None = None
    """Set where that was possible without the database."""


@dataclass
class Ingester:
    mapping: FieldMapping
    upsert: Upsert

    def parse(self, items: Sequence[Item]) -> ParsedPage:
        """Parse without a database; of a record that comes twice in a page the newer counts."""
        page = ParsedPage({}, [])
        for item in items:
            try:
                record = self.mapping.parse(item)
            except RecordError as error:
                page.refused.append((item, error))
                continue
            if not _is_older(record, page.records.get(record.remote_id)):
                page.records[record.remote_id] = record
        page.decided = self.upsert.predecide(page.records.values())
        return page

    def ingest(
        self, page: ParsedPage, quarantined: Iterable[str] = (), *, dry_run: bool = False
    ) -> Batch:
        """Take in one page; inside a transaction it is all of it or nothing.

        Args:
            quarantined: the CRM ids in quarantine so far; those that go through are released.
        """
        records = page.records
        outcome = Outcome(refused=[*page.refused])
        outcome.merge(self.upsert.write(list(records.values()), page.decided, dry_run=dry_run))
        refused_ids = {error.remote_id for _, error in outcome.refused if error.remote_id}
        batch = Batch(outcome, ids=records.keys() | refused_ids)
        batch.newest = max((r.updated_at for r in records.values() if r.updated_at), default=None)
        statuses = (record.values.get("crm_status") for record in records.values())
        batch.statuses = set(filter(None, statuses))
        # Each refused record must pass it: outside of a dry run it is what keeps the record.
        is_set_aside = is_ignored if dry_run else partial(quarantine, log=self.upsert.log)
        awaiting = [error for item, error in outcome.refused if not is_set_aside(item, error)]
        batch.awaiting = len(awaiting)
        batch.unaskable = sum(1 for error in awaiting if not error.remote_id)
        if not dry_run:
            release(batch.ids.intersection(quarantined) - refused_ids)
        return batch

    def closed_among(self, page: ParsedPage) -> set[str]:
        """Return the CRM ids of those whose status means closed."""
        records = page.records.values()
        return {r.remote_id for r in records if r.values.get("crm_status") in self.upsert.closed}


def _is_older(record: CrmOpportunity, other: CrmOpportunity | None) -> bool:
    if other is None or record.updated_at is None or other.updated_at is None:
        return False
    return record.updated_at < other.updated_at
