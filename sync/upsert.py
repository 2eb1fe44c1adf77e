"""One page of records -> rows, in one transaction: the only writer of CRM columns."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from opportunities.crm_events import CrmNews, follow_crm
from opportunities.crm_status import ClosedStatuses
from opportunities.models import Opportunity
from sync.bulk import RowsToWrite, upsert_rows
from sync.decide import READ_COLUMNS, Change, Row, Verdict, decide
from sync.models import OpportunityChange, SyncLog
from sync.oracle.errors import RecordError
from sync.oracle.mapping import CrmOpportunity


@dataclass
class Outcome:
    """What became of some records."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    """Those that write (or would)."""
    refused: list[tuple[Any, RecordError]] = field(default_factory=list)
    """The item as Oracle sent it, and why it cannot be taken in."""

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
    """What the records of one page mean."""

    changes: list[Change]
    refused: list[tuple[Any, RecordError]]
    rows: RowsToWrite | None = None
    """Of all the changes, where these are certain: nothing was there to compare with."""


class Upsert:
    """Takes in records, page by page, for one run."""

    def __init__(
        self,
        closed: ClosedStatuses,
        log: SyncLog | None,
        *,
        mirror_is_empty: bool = False,
        asked_for_changes: bool = False,
    ) -> None:
        """
        Args:
            mirror_is_empty: nothing was there when the run began, so there is nothing to
                compare with; whatever came in meanwhile, the statement itself looks after.
            asked_for_changes: most records change something, so that their rows are locked at
                once; else rows are read first, and those that change read again and locked.
        """
        self._closed, self._log = closed, log
        self._mirror_is_empty, self._locks_at_once = mirror_is_empty, asked_for_changes

    def decided_ahead(self, records: Iterable[CrmOpportunity]) -> Decided | None:
        """For a reader's thread: what needs no database, which is all while the mirror is empty."""
        if not self._mirror_is_empty:
            return None
        decided = self._decided(records, {})
        rows = RowsToWrite([change.row for change in decided.changes])
        rows.prepare()
        return replace(decided, rows=rows)

    def take_in(
        self,
        records: Sequence[CrmOpportunity],
        ahead: Decided | None = None,
        *,
        dry_run: bool = False,
    ) -> Outcome:
        """Write what is new in them; a record the database refuses costs only itself."""
        lock = self._locks_at_once and not dry_run
        decided = ahead or self._decided(records, stored_rows(records, lock=lock))
        outcome = Outcome(refused=decided.refused)
        outcome.add(change for change in decided.changes if not change.writes)
        to_write = [change for change in decided.changes if change.writes]
        if dry_run:
            outcome.add(to_write)
        elif to_write:
            self._write_together(to_write, decided.rows, outcome)
        return outcome

    def _decided(self, records: Iterable[CrmOpportunity], rows: dict[str, Row]) -> Decided:
        decided, now = Decided([], []), timezone.now()
        for record in records:
            try:
                row = rows.get(record.remote_id)
                decided.changes.append(decide(record, row, self._closed, now))
            except RecordError as error:
                decided.refused.append((record.item, error))
        return decided

    def _write_together(
        self, changes: Sequence[Change], rows: RowsToWrite | None, outcome: Outcome
    ) -> None:
        try:
            with transaction.atomic():
                written = self._write(changes, rows)
            outcome.merge(written)
        except (DataError, IntegrityError):
            # The database names no culprit in a batch, so each goes by itself.
            for change in changes:
                self._write_alone(change, outcome)

    def _write_alone(self, change: Change, outcome: Outcome) -> None:
        try:
            with transaction.atomic():
                written = self._write([change])
            outcome.merge(written)
        except (DataError, IntegrityError) as error:
            reason = f"the database refuses it: {str(error).splitlines()[0]}"
            refusal = RecordError("", reason, change.record.remote_id)
            outcome.refused.append((change.record.item, refusal))

    def _write(self, changes: Sequence[Change], rows: RowsToWrite | None = None) -> Outcome:
        outcome = Outcome()
        settled = self._decided_on_locked_rows(changes, outcome)
        to_write = [change for change in settled if change.writes]
        now = timezone.now()
        if to_write:
            upsert_rows(rows or RowsToWrite([change.row for change in to_write]), now)
        follow_crm((_as_news(change) for change in to_write if change.diff), now)
        self._note_history(to_write, now)
        outcome.add(settled)
        return outcome

    def _decided_on_locked_rows(
        self, changes: Sequence[Change], outcome: Outcome
    ) -> Sequence[Change]:
        """Decide again where a row is there: a refresh may have been quicker."""
        if self._locks_at_once:
            return changes
        new = [change for change in changes if change.verdict is Verdict.CREATE]
        known = [change.record for change in changes if change.verdict is not Verdict.CREATE]
        if not known:
            return new
        again = self._decided(known, stored_rows(known, lock=True))
        outcome.refused.extend(again.refused)
        return [*new, *again.changes]

    def _note_history(self, changes: Iterable[Change], now: datetime) -> None:
        OpportunityChange.objects.bulk_create(
            OpportunityChange(
                opportunity_id=change.row["id"],
                sync_log=self._log,
                field=name,
                old=_as_text(old),
                new=_as_text(new),
                at=now,
            )
            for change in changes
            for name, (old, new) in change.diff.items()
        )


def stored_rows(records: Iterable[CrmOpportunity], *, lock: bool = False) -> dict[str, Row]:
    """The rows of these records by CRM id, in one query."""
    found = Opportunity.objects.filter(remote_id__in=[record.remote_id for record in records])
    # In the order of ids, so that two writers never wait for one another.
    rows = found.order_by("id").select_for_update() if lock else found.order_by()
    return {row["remote_id"]: row for row in rows.values(*READ_COLUMNS)}


def _as_news(change: Change) -> CrmNews:
    return CrmNews(change.row["id"], change.record.remote_id, change.diff)


def _as_text(value: Any) -> str | None:
    """A value of the timeline: times in UTC, numbers plain, further attributes as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return str(value)
