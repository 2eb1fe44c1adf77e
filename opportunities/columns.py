"""The columns of a list of opportunities as figures and words, for files and programs.

They read rows that come with their score: see OpportunityQuerySet.with_score().
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from opportunities.deadlines import work_calendar
from opportunities.models import Opportunity
from opportunities.presentation import person
from opportunities.workflow import BidDecision, WorkflowStatus


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    read: Callable[[Opportunity, datetime], Any]
    """Of a row at a moment: a text, a number, a date or a time; None where there is nothing."""


def _stored(name: str, label: str) -> Column:
    return Column(name, label, lambda deal, now: getattr(deal, name))


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
    Column("number", "Number", lambda deal, now: deal.opty_number or deal.remote_id),
    _stored("name", "Opportunity"),
    _stored("customer", "Customer"),
    Column("state", "State", lambda deal, now: WorkflowStatus(deal.workflow_status).label),
    Column("sa", "SA", lambda deal, now: deal.assigned_sa and person(deal.assigned_sa)),
    Column("age", "Working days in state", working_days_in_state),
    Column("clock", "Clock", lambda deal, now: deal.clock_state(now).value),
    Column("due", "Due", lambda deal, now: deal.due_at if deal.is_clocked else None),
    Column("score", "Score", lambda deal, now: _one_decimal(deal, "score")),
    Column("best_case", "Best case", lambda deal, now: _one_decimal(deal, "best_case")),
    Column("band", "Band", lambda deal, now: _word(deal, "band")),
    Column("recommendation", "Recommendation", lambda deal, now: _word(deal, "recommendation")),
    _stored("deal_value", "Value"),
    _stored("currency", "Currency"),
    Column("decision", "Decision", lambda deal, now: BidDecision(deal.decision).label),
    _stored("practice", "Practice"),
    _stored("geo", "Geography"),
    _stored("stage", "Sales stage"),
    _stored("win_probability", "Win %"),
    _stored("close_date", "Close date"),
    _stored("sales_owner", "Sales owner"),
    _stored("crm_updated_at", "Updated in CRM"),
    _stored("remote_id", "CRM id"),
)


def values_of(deal: Opportunity, now: datetime) -> list[Any]:
    return [column.read(deal, now) for column in COLUMNS]
