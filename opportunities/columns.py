"""The columns of a list of opportunities as figures and words, for files and programs.

They read rows that come with their score: see OpportunityQuerySet.with_score().
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from opportunities.amounts import in_currency
from opportunities.deadlines import work_calendar
from opportunities.models import Opportunity
from opportunities.nearest import advice_on
from opportunities.presentation import person
from opportunities.workflow import BidDecision, WorkflowStatus


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    read: Callable[[Opportunity, datetime], Any]
    """Of a row at a moment: a text, a number, a date or a time; None where there is nothing."""
    width: int = 16
    """In characters, where a file has columns."""


def _stored(name: str, label: str, width: int = Column.width) -> Column:
    return Column(name, label, lambda deal, now: getattr(deal, name), width)


def _value(deal: Opportunity, now: datetime) -> Decimal | None:
    return None if deal.deal_value is None else in_currency(deal.deal_value, deal.currency)


def _one_decimal(deal: Opportunity, name: str) -> Decimal | None:
    """SQLite leaves out the decimal that is 0."""
    number: Decimal | None = getattr(deal, name)
    return None if number is None else number.quantize(Decimal("0.1"))


def _word(deal: Opportunity, name: str) -> str | None:
    """NO_BID is written No bid."""
    code: str | None = getattr(deal, name)
    return code.replace("_", " ").capitalize() if code else None


def working_days_in_state(deal: Opportunity, now: datetime) -> int:
    return work_calendar().between(deal.status_entered_at, now).days


COLUMNS = (
    Column("opty_number", "Number", lambda deal, now: deal.opty_number or deal.remote_id),
    _stored("name", "Opportunity", 48),
    _stored("customer", "Customer", 28),
    Column(
        "workflow_status", "State", lambda deal, now: WorkflowStatus(deal.workflow_status).label
    ),
    Column("assigned_sa", "SA", lambda deal, now: deal.assigned_sa and person(deal.assigned_sa)),
    Column("age", "Working days in state", working_days_in_state),
    Column("clock", "Clock", lambda deal, now: deal.clock_state(now).value),
    Column("due_at", "Due", lambda deal, now: deal.due_at if deal.is_clocked else None),
    Column("score", "Score", lambda deal, now: _one_decimal(deal, "score")),
    Column("best_case", "Best case", lambda deal, now: _one_decimal(deal, "best_case")),
    Column("band", "Band", lambda deal, now: _word(deal, "band")),
    Column("recommendation", "Recommendation", lambda deal, now: _word(deal, "recommendation")),
    Column("deal_value", "Value", _value),
    _stored("currency", "Currency", 10),
    Column("decision", "Decision", lambda deal, now: BidDecision(deal.decision).label),
    _stored("practice", "Practice"),
    _stored("geo", "Geography"),
    _stored("sector", "Sector"),
    _stored("stage", "Sales stage", 24),
    _stored("win_probability", "Win %", 10),
    _stored("close_date", "Close date"),
    _stored("sales_owner", "Sales owner", 24),
    _stored("crm_updated_at", "Updated in CRM"),
    Column("crm_outcome", "Outcome in CRM", lambda deal, now: deal.get_crm_outcome_display()),
    _stored("removed_in_crm_at", "Removed in CRM"),
    _stored("remote_id", "CRM id"),
)
MORE_COLUMNS = (
    _stored("bid_due_on", "Bid due"),
    _stored("crm_status", "CRM status"),
    _stored("crm_created_at", "Created in CRM"),
    _stored("status_entered_at", "In its state since"),
    _stored("decided_at", "Decided at"),
    _stored("first_seen_at", "First seen"),
    _stored("last_synced_at", "Last synced"),
    _stored("sa_notes", "SA notes", 48),
)
"""Only where they are asked for."""
COLUMN_BY_NAME = {column.name: column for column in (*COLUMNS, *MORE_COLUMNS)}


class NoSuchColumn(ValueError):
    """The text is a sentence for a person."""

    def __init__(self, names: list[str]) -> None:
        advice = advice_on(names[0], COLUMN_BY_NAME)
        super().__init__(f"There is no column {', '.join(names)}. {advice}")


def columns_named(names: str) -> tuple[Column, ...]:
    """Those of a list with commas, in its order; of a blank text the usual ones.

    Raises: NoSuchColumn.
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in COLUMN_BY_NAME]
    if unknown:
        raise NoSuchColumn(unknown)
    return tuple(COLUMN_BY_NAME[name] for name in dict.fromkeys(wanted)) or COLUMNS
