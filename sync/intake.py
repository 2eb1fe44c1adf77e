"""Items of Oracle -> parsed, decided, written, or quarantined: the way every record takes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sync import conf
from sync.models import SyncLog
from sync.oracle.errors import RecordError
from sync.oracle.mapping import CrmOpportunity, FieldMapping
from sync.quarantine import is_ignored, quarantine, release
from sync.upsert import Decided, Outcome, Upsert

Item = dict[str, Any]


@dataclass
class Batch:
    """What became of the items of one page."""

    outcome: Outcome
    ids: set[str] = field(default_factory=set)
    """Of every item whose id could be read, rejected or not."""
    newest: datetime | None = None
    """The latest LastUpdateDate among them."""
    troubling: int = 0
    """Rejected records that nobody has decided to ignore."""
    unaskable: int = 0
    """Those of the troubling ones without an id to ask for them again."""
    unmapped_statuses: set[str] = field(default_factory=set)
    """CRM statuses among them that no setting names."""


@dataclass
class ParsedPage:
    records: dict[str, CrmOpportunity]
    """By CRM id."""
    refused: list[tuple[Any, RecordError]]
    decided: Decided | None = None
    """Where that was possible without the database."""


class Intake:
    def __init__(
        self,
        mapping: FieldMapping,
        log: SyncLog | None,
        *,
        mirror_is_empty: bool = False,
        asked_for_changes: bool = False,
    ) -> None:
        self._mapping, self._log = mapping, log
        self._statuses = conf.closed_statuses()
        self._upsert = Upsert(
            self._statuses,
            log,
            mirror_is_empty=mirror_is_empty,
            asked_for_changes=asked_for_changes,
        )

    def parse(self, items: Sequence[Item]) -> ParsedPage:
        """Needs no database; of a record that comes twice in a page the newer counts."""
        page = ParsedPage({}, [])
        for item in items:
            try:
                record = self._mapping.parse(item)
            except RecordError as error:
                page.refused.append((item, error))
                continue
            if not _is_older(record, page.records.get(record.remote_id)):
                page.records[record.remote_id] = record
        page.decided = self._upsert.decided_ahead(page.records.values())
        return page

    def take_in(
        self, page: ParsedPage, quarantined: Collection[str] = (), *, dry_run: bool = False
    ) -> Batch:
        """Take in one page; inside a transaction it is all of it or nothing.

        Args:
            quarantined: the CRM ids in quarantine so far; those that go through are released.
        """
        records = page.records
        outcome = Outcome(refused=[*page.refused])
        outcome.merge(self._upsert.take_in(list(records.values()), page.decided, dry_run=dry_run))
        refused_ids = {error.remote_id for _, error in outcome.refused if error.remote_id}
        batch = Batch(outcome, ids=records.keys() | refused_ids)
        batch.newest = max((r.updated_at for r in records.values() if r.updated_at), default=None)
        batch.unmapped_statuses = self._unmapped_among(records.values())
        note = is_ignored if dry_run else self._quarantine
        troubling = [error for item, error in outcome.refused if not note(item, error)]
        batch.troubling = len(troubling)
        batch.unaskable = sum(1 for error in troubling if not error.remote_id)
        if not dry_run:
            release(batch.ids.intersection(quarantined) - refused_ids)
        return batch

    def _unmapped_among(self, records: Iterable[CrmOpportunity]) -> set[str]:
        statuses = {record.values.get("crm_status") for record in records}
        return {each for each in statuses if each and not self._statuses.is_mapped(each)}

    def _quarantine(self, item: Any, error: RecordError) -> bool:
        return quarantine(item, error, self._log)


def _is_older(record: CrmOpportunity, other: CrmOpportunity | None) -> bool:
    if other is None or record.updated_at is None or other.updated_at is None:
        return False
    return record.updated_at < other.updated_at
