"""List the attributes of an opportunity: their types, and how their values compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from sync.simulator.instants import iso_date, microseconds

Comparable = int | Decimal | str


class Kind(StrEnum):
    """List the type words of describe."""

    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True)
class Attribute:
    name: str
    kind: Kind
    is_queryable: bool = True


OPTY_ID = "OptyId"
OPTY_NUMBER = "OptyNumber"
LAST_UPDATE = "LastUpdateDate"

KNOWN: Mapping[str, Attribute] = {
    attribute.name: attribute
    for attribute in (
        Attribute(OPTY_ID, Kind.INTEGER),
        Attribute(OPTY_NUMBER, Kind.STRING),
        Attribute("Name", Kind.STRING),
        Attribute("TargetPartyId", Kind.INTEGER),
        Attribute("TargetPartyName", Kind.STRING),
        Attribute("Revenue", Kind.NUMBER),
        Attribute("CurrencyCode", Kind.STRING),
        Attribute("WinProb", Kind.NUMBER),
        Attribute("SalesStage", Kind.STRING),
        Attribute("StatusCode", Kind.STRING),
        Attribute("OwnerResourcePartyId", Kind.INTEGER),
        Attribute("PartyName1", Kind.STRING, is_queryable=False),
        Attribute("EffectiveDate", Kind.DATE),
        Attribute("CreationDate", Kind.DATETIME),
        Attribute(LAST_UPDATE, Kind.DATETIME),
        Attribute("Description", Kind.STRING, is_queryable=False),
        Attribute("Practice_c", Kind.STRING),
        Attribute("Geo_c", Kind.STRING),
        Attribute("Sector_c", Kind.STRING),
        Attribute("DealType_c", Kind.STRING),
        Attribute("BidDueDate_c", Kind.DATE),
    )
}


def guessed(name: str, value: Any) -> Attribute:
    """Return the likely attribute of a name that only the data has."""
    if isinstance(value, int | Decimal):
        return Attribute(name, Kind.NUMBER)
    if isinstance(value, str) and microseconds(value) is not None:
        return Attribute(name, Kind.DATETIME)
    if isinstance(value, str) and iso_date(value) == value:
        return Attribute(name, Kind.DATE)
    return Attribute(name, Kind.STRING)


def comparable(kind: Kind, value: Any) -> Comparable | None:
    """Return the value in a form that < and = can compare; None where it is no such value."""
    if kind in (Kind.INTEGER, Kind.NUMBER):
        return _number(value)
    if not isinstance(value, str):
        return None
    if kind is Kind.DATETIME:
        return microseconds(value)
    return iso_date(value) if kind is Kind.DATE else value


def _number(value: Any) -> int | Decimal | None:
    if isinstance(value, int):
        return value
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return None
    return number if number.is_finite() else None
