"""Decide what a record of the CRM means for our row of it. Pure: no queries, no HTTP."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any

from opportunities.domain.crm_status import ClosedStatuses, CrmOutcome, after_crm_status
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity
from sync.oracle.errors import RecordError
from sync.oracle.fields.mapping import CrmOpportunity
from sync.oracle.names import UPDATED_ATTRIBUTE, UPDATED_COLUMN

Row = dict[str, Any]
"""A stored opportunity as `.values()` of READ_COLUMNS."""

READ_COLUMNS = (
    *("id", "remote_id", "removed_in_crm_at", "removal_reason"),
    *("workflow_status", "status_before_close", "crm_outcome"),
    *Opportunity.CRM_FIELDS,
)
# Beside these, to tell an old copy of a record from a record that Oracle has set back.
WRITTEN_AT = "last_synced_at"
BLANK_ROW: Row = {
    "removed_in_crm_at": None,
    "removal_reason": "",
    "workflow_status": WorkflowStatus.NEW,
    "status_before_close": "",
    "crm_outcome": CrmOutcome.OPEN,
    **dict.fromkeys(Opportunity.CRM_FIELDS),
    "extra": {},
}
# Of a record that Oracle shows: it is not removed (any more).
SHOWN: Row = {"removed_in_crm_at": None, "removal_reason": ""}


class Verdict(Enum):
    CREATE = auto()
    UPDATE = auto()
    STAMP_ONLY = auto()
    """Only Oracle's stamp moved: it is stored, so that "older" stays known, and that is all."""
    UNCHANGED = auto()


# One for each record of a sync: frozen, they would take three times as long to make.
@dataclass(slots=True)
class Change:
    verdict: Verdict
    record: CrmOpportunity
    row: Row
    """The row as it shall be."""
    diff: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Of an UPDATE: field -> (old, new), for the fields that really move."""

    @property
    def writes(self) -> bool:
        return self.verdict is not Verdict.UNCHANGED


def decide(
    record: CrmOpportunity,
    row: Row | None,
    closed: ClosedStatuses,
    now: datetime,
    truth_since: datetime | None = None,
) -> Change:
    """Compare a record with its row, or with nothing.

    Args:
        now: a row stamped later than this says nothing of what is newer.
        truth_since: a row written before this gives way to an older stamp as well.

    Raises: RecordError when a new record lacks what every record must have.
    """
    if row is None:
        return Change(Verdict.CREATE, record, _new_row(record, closed))
    if _is_older(record, row, now) and not _is_truth(row, truth_since):
        # Its values are past, but it is there: a row flagged as removed is so no longer.
        record = replace(record, values={}, extra={})
    after = _merged(record, row, closed)
    differing = (name for name in READ_COLUMNS if row.get(name) != after.get(name))
    diff = {name: (row[name], after[name]) for name in differing}
    # A stamp that moves alone is no change of the deal.
    if not diff.keys() - {UPDATED_COLUMN}:
        return Change(Verdict.STAMP_ONLY if diff else Verdict.UNCHANGED, record, after)
    return Change(Verdict.UPDATE, record, after, _timeline_of(diff))


def _new_row(record: CrmOpportunity, closed: ClosedStatuses) -> Row:
    for attribute, column in (("Name", "name"), (UPDATED_ATTRIBUTE, "crm_updated_at")):
        if column not in record.values:
            raise RecordError(attribute, "is missing", record.remote_id)
    return _merged(record, {**BLANK_ROW, "remote_id": record.remote_id}, closed)


def _is_older(record: CrmOpportunity, row: Row, now: datetime) -> bool:
    return record.updated_at is not None and record.updated_at < row["crm_updated_at"] <= now


def _is_truth(row: Row, since: datetime | None) -> bool:
    """Return whether Oracle was asked after the row was written: then it shows no old copy."""
    return since is not None and row[WRITTEN_AT] < since


def _merged(record: CrmOpportunity, row: Row, closed: ClosedStatuses) -> Row:
    """Return the row with what the record holds; what it does not hold stays."""
    after = {**row, **record.values, **SHOWN}
    if record.extra:
        after["extra"] = {**row["extra"], **record.extra}
    outcome = after["crm_outcome"] = closed.outcome_of(after["crm_status"])
    after["workflow_status"], after["status_before_close"] = after_crm_status(
        row["workflow_status"], row["status_before_close"], is_closed=outcome is not CrmOutcome.OPEN
    )
    return after


def _timeline_of(diff: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """Return what the timeline shows: each further attribute by itself, and no bookkeeping."""
    silent = {UPDATED_COLUMN, "extra", "removal_reason", "status_before_close", "crm_outcome"}
    shown = {name: pair for name, pair in diff.items() if name not in silent}
    old, new = diff.get("extra", ({}, {}))
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            shown[f"extra.{name}"] = (old.get(name), new.get(name))
    return shown
