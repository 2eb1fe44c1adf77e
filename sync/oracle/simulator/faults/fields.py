"""Faults in the attributes of single items; an attribute not asked for is not touched."""

from decimal import Decimal
from functools import partial

from sync.oracle.simulator.attributes import OPTY_ID
from sync.oracle.simulator.faults.table import Stage, fault
from sync.oracle.simulator.shape import Item, as_text

spoiling = partial(fault, stage=Stage.ITEM)


def _replace(item: Item, name: str, value: object) -> None:
    if name in item:
        item[name] = value


@spoiling("null-field", "an attribute is null")
def null_field(item: Item, *, field: str = "TargetPartyName") -> None:
    _replace(item, field, None)


@spoiling("absent-field", "an attribute is not there")
def absent_field(item: Item, *, field: str = "TargetPartyName") -> None:
    item.pop(field, None)


@spoiling("missing-id", "OptyId is not there")
def missing_id(item: Item) -> None:
    item.pop(OPTY_ID, None)


@spoiling("new-field", "an attribute is there that nobody asked for")
def new_field(item: Item, *, field: str = "BrandNew_c") -> None:
    item[field] = "new"


@spoiling("string-numbers", "numbers come as text")
def string_numbers(item: Item) -> None:
    item.update({name: as_text(value) for name, value in item.items()})


@spoiling("overflow", "Revenue is 1e30")
def overflow(item: Item) -> None:
    _replace(item, "Revenue", Decimal("1e30"))


@spoiling("nan", "Revenue is NaN, which is no JSON")
def nan(item: Item) -> None:
    _replace(item, "Revenue", Decimal("NaN"))


@spoiling("nul", "Name holds a NUL character")
def nul(item: Item) -> None:
    _replace(item, "Name", "before\0after")


@spoiling("emoji", "Name holds characters of 4 bytes")
def emoji(item: Item) -> None:
    _replace(item, "Name", "Rocket 🚀 and family 👩‍👩‍👧‍👦")


@spoiling("long-text", "Name is too long")
def long_text(item: Item, *, size: int = 5000) -> None:
    _replace(item, "Name", "x" * size)


@spoiling("bad-date", "a date is none")
def bad_date(item: Item, *, field: str = "EffectiveDate") -> None:
    _replace(item, field, "2026-02-30")


@spoiling("wrong-type", "Name is a list")
def wrong_type(item: Item) -> None:
    _replace(item, "Name", ["not", "a", "text"])
