"""Turn one page of records into rows, in one transaction: the only writer of CRM columns."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from opportunities.domain.crm_status import ClosedStatuses
from opportunities.models import Opportunity
from opportunities.workflow.crm_changes import CrmChanges, follow_crm
from sync import conf
from sync.ingest.decide import READ_COLUMNS, WRITTEN_AT, Change, Row, Verdict, decide
from sync.ingest.sql_upsert import RowsToWrite, upsert_rows
from sync.models import OpportunityChange, SyncLog
from sync.oracle.errors import RecordError
from sync.oracle.fields.mapping import CrmOpportunity


@dataclass
class Outcome:
    """Collect what became of some records."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    """Those that write (or would)."""
    refused: list[tuple[Any, RecordError]] = field(default_factory=list)
    """The item as Oracle sent it, and why it cannot be imported."""

    def add(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self.verdicts[change.verdict] += 1
            if change.writes:
                self.changes.append(change)

    def merge(self, other: "Outcome") -> None:
        self.verdicts.update(other.verdicts)
        self.changes.extend(other.changes)
        self.refused.extend(other.refused)


@dataclass(frozen=True)
class Decided:
    """Hold what the records of one page mean."""

    changes: list[Change]
    refused: list[tuple[Any, RecordError]]
    rows: RowsToWrite | None = None
    """Of all the changes, where these are certain: nothing was there to compare with."""


@dataclass(frozen=True)
class Upsert:
    """Write records, page by page, for one run."""

    log: SyncLog | None
    mirror_is_empty: bool = False
    """Nothing was there when the run began, so there is nothing to compare with; whatever came in
    meanwhile, the statement itself looks after."""
    asked_for_changes: bool = False
    """Most records change something, so that their rows are locked at once; else rows are read
    first, and those that change read again and locked."""
    truth_since: datetime | None = None
    """When this reading began, where what it brings is the truth even with an older stamp than a
    row that nobody has written since."""
    closed: ClosedStatuses = field(default_factory=conf.closed_statuses)

    def predecide(self, records: Iterable[CrmOpportunity]) -> Decided | None:
        """Decide in a reader's thread while the mirror is empty: that needs no database."""
        if not self.mirror_is_empty:
            return None
        decided = self._decide(records, {})
        rows = RowsToWrite([change.row for change in decided.changes])
        rows.prepare()
        return replace(decided, rows=rows)

    def write(
        self,
        records: Sequence[CrmOpportunity],
        predecided: Decided | None = None,
        *,
        dry_run: bool = False,
    ) -> Outcome:
        """Write what is new in them; a record the database refuses costs only itself."""
        lock = self.asked_for_changes and not dry_run
        decided = predecided or self._decide(records, stored_rows(records, lock=lock))
        outcome = Outcome(refused=decided.refused)
        outcome.add(change for change in decided.changes if not change.writes)
        to_write = [change for change in decided.changes if change.writes]
        if dry_run:
            outcome.add(to_write)
        elif to_write:
            self._write_together(to_write, decided.rows, outcome)
        return outcome

    def _decide(self, records: Iterable[CrmOpportunity], rows: dict[str, Row]) -> Decided:
        decided, now = Decided([], []), timezone.now()
        for record in records:
            try:
                row = rows.get(record.remote_id)
                decided.changes.append(decide(record, row, self.closed, now, self.truth_since))
            except RecordError as error:
                decided.refused.append((record.item, error))
        return decided

    def _write_together(
        self, changes: Sequence[Change], rows: RowsToWrite | None, outcome: Outcome
    ) -> None:
        try:
            with transaction.atomic():
                written = self._write(changes, rows)
        except (DataError, IntegrityError) as error:
            # The database names no culprit in a batch, so each goes by itself.
            if len(changes) > 1:
                for change in changes:
                    self._write_together([change], None, outcome)
                return
            (change,) = changes
            reason = f"the database refuses it: {str(error).splitlines()[0]}"
            refusal = RecordError("", reason, change.record.remote_id)
            outcome.refused.append((change.record.item, refusal))
        else:
            outcome.merge(written)

    def _write(self, changes: Sequence[Change], rows: RowsToWrite | None = None) -> Outcome:
        outcome = Outcome()
        settled = self._decide_on_locked_rows(changes, outcome)
        to_write = [change for change in settled if change.writes]
        now = timezone.now()
        if to_write:
            incoming = rows or RowsToWrite([change.row for change in to_write])
            upsert_rows(incoming, now, self.truth_since)
        moved = (change for change in to_write if change.diff)
        follow_crm((CrmChanges(c.row["id"], c.record.remote_id, c.diff) for c in moved), now)
        self._note_history(to_write, now)
        outcome.add(settled)
        return outcome

    def _decide_on_locked_rows(
        self, changes: Sequence[Change], outcome: Outcome
    ) -> Sequence[Change]:
        """Decide again where a row is there: a refresh may have been quicker."""
        if self.asked_for_changes:
            return changes
        new = [change for change in changes if change.verdict is Verdict.CREATE]
        known = [change.record for change in changes if change.verdict is not Verdict.CREATE]
        if not known:
            return new
        again = self._decide(known, stored_rows(known, lock=True))
        outcome.refused.extend(again.refused)
        return [*new, *again.changes]

    def _note_history(self, changes: Iterable[Change], now: datetime) -> None:
        OpportunityChange.objects.bulk_create(
            OpportunityChange(
                opportunity_id=change.row["id"],
                sync_log=self.log,
                field=name,
                old=_as_text(old),
                new=_as_text(new),
                at=now,
            )
            for change in changes
            for name, (old, new) in change.diff.items()
        )


def stored_rows(records: Iterable[CrmOpportunity], *, lock: bool = False) -> dict[str, Row]:
    """Return the rows of these records by CRM id, in one query."""
    found = Opportunity.objects.filter(remote_id__in=[record.remote_id for record in records])
    # In the order of ids, so that two writers never wait for one another.
    rows = found.order_by("id").select_for_update() if lock else found.order_by()
    return {row["remote_id"]: row for row in rows.values(*READ_COLUMNS, WRITTEN_AT)}


def _as_text(value: Any) -> str | None:
    """Write a value for the timeline: times in UTC, numbers plain, further attributes as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return str(value)
