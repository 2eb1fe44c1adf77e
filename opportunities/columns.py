"""The columns of a list of opportunities as figures and words, for exports and programs.

Other apps add theirs, with what the rows need for them; a list is read in one query all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from opportunities.deadlines import work_calendar
from opportunities.models import Opportunity
from opportunities.presentation import person
from opportunities.querysets import OpportunityQuerySet
from opportunities.workflow import BidDecision, WorkflowStatus


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    read: Callable[[Opportunity, datetime], Any]
    """Of a row at a moment: a text, a number, a date or a time; None where there is nothing."""


Annotation = Callable[[OpportunityQuerySet], OpportunityQuerySet]


def _stored(name: str, label: str) -> Column:
    return Column(name, label, lambda deal, now: getattr(deal, name))


def working_days_in_state(deal: Opportunity, now: datetime) -> int:
    return work_calendar().between(deal.status_entered_at, now).days


OWN_COLUMNS = (
    Column("number", "Number", lambda deal, now: deal.opty_number or deal.remote_id),
    _stored("name", "Opportunity"),
    _stored("customer", "Customer"),
    Column("state", "State", lambda deal, now: WorkflowStatus(deal.workflow_status).label),
    Column("sa", "SA", lambda deal, now: deal.assigned_sa and person(deal.assigned_sa)),
    Column("age", "Working days in state", working_days_in_state),
    Column("clock", "Clock", lambda deal, now: deal.clock_state(now).value),
    Column("due", "Due", lambda deal, now: deal.due_at if deal.is_clocked else None),
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
_added: list[Column] = []
_annotations: list[Annotation] = []


def add_columns(*columns: Column, annotate: Annotation) -> None:
    """Let another app's columns follow those of this app."""
    _added.extend(columns)
    _annotations.append(annotate)


def all_columns() -> list[Column]:
    return [*OWN_COLUMNS, *_added]


def with_added(rows: OpportunityQuerySet) -> OpportunityQuerySet:
    """The rows with what the added columns read."""
    for annotate in _annotations:
        rows = annotate(rows)
    return rows


def values_of(deal: Opportunity, columns: list[Column], now: datetime | None = None) -> list[Any]:
    now = now or timezone.now()
    return [column.read(deal, now) for column in columns]
