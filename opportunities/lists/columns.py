"""Read the columns of a list of opportunities as figures and words, for files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from opportunities.domain.amounts import in_currency
from opportunities.domain.deadlines import work_calendar
from opportunities.domain.fields import Field, Use, fields_for
from opportunities.domain.nearest import advice_on
from opportunities.lists.extra_attributes import ExtraAttribute, extra_columns
from opportunities.lists.presentation import person
from opportunities.models import Opportunity

Reader = Callable[[Opportunity, datetime], Any]


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    read: Reader
    """Of a row at a moment: a text, a number, a date or a time; None where there is nothing."""
    width: int = 16
    """In characters, where a file has columns."""


def _value(deal: Opportunity, now: datetime) -> Decimal | None:
    return None if deal.deal_value is None else in_currency(deal.deal_value, deal.currency)


def _word(deal: Opportunity, name: str) -> str | None:
    """Write a code as a word: NO_BID as No bid."""
    code: str | None = getattr(deal, name)
    return code.replace("_", " ").capitalize() if code else None


def working_days_in_state(deal: Opportunity, now: datetime) -> int:
    return work_calendar().between(deal.status_entered_at, now).days


# Where a value is not simply what the column of its name holds.
READERS: dict[str, Reader] = {
    "opty_number": lambda deal, now: deal.opty_number or deal.remote_id,
    "assigned_sa": lambda deal, now: person(deal.assigned_sa) or None,
    "deal_value": _value,
    "age": working_days_in_state,
    "clock": lambda deal, now: deal.clock_state(now).value,
    "due_at": lambda deal, now: deal.due_at if deal.is_clocked else None,
    "band": lambda deal, now: _word(deal, "band"),
    "recommendation": lambda deal, now: _word(deal, "recommendation"),
}


def column_of(field: Field) -> Column:
    return Column(field.name, field.label, _reader_of(field), field.width)


def _reader_of(field: Field) -> Reader:
    if field.name in READERS:
        return READERS[field.name]
    stored = attrgetter(field.name)
    if choices := field.choices:
        return lambda deal, now: choices(stored(deal)).label
    return lambda deal, now: stored(deal)


COLUMNS = tuple(column_of(field) for field in fields_for(Use.USUAL))
MORE_COLUMNS = tuple(
    column_of(field) for field in fields_for(Use.EXPORT) if not field.has(Use.USUAL)
)
"""Only where they are asked for."""


def usual_columns() -> tuple[Column, ...]:
    """Return the usual columns and those of further CRM attributes that a setting names."""
    return (*COLUMNS, *(_extra(each) for each in extra_columns()))


def _extra(attribute: ExtraAttribute) -> Column:
    return Column(attribute.name, attribute.label, lambda deal, now: attribute.of(deal))


def _by_name() -> dict[str, Column]:
    return {column.name: column for column in (*usual_columns(), *MORE_COLUMNS)}


class NoSuchColumn(ValueError):
    """Carry a sentence for a person."""

    def __init__(self, names: list[str]) -> None:
        advice = advice_on(names[0], _by_name())
        super().__init__(f"There is no column {', '.join(names)}. {advice}")


def columns_named(names: str) -> tuple[Column, ...]:
    """Return the columns of a comma-separated list, in its order; for a blank, the usual ones.

    Raises: NoSuchColumn.
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    known = _by_name()
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise NoSuchColumn(unknown)
    return tuple(known[name] for name in dict.fromkeys(wanted)) or usual_columns()
