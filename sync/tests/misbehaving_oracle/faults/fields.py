"""Spoil attributes of single items; an attribute that was not asked for is not touched."""

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from msgspec import Raw

from sync.simulator.attributes import OPTY_ID
from sync.simulator.shape import Item
from sync.tests.misbehaving_oracle.faults.table import Stage, fault

spoiling = partial(fault, stage=Stage.ITEM)
DECOMPOSED = unicodedata.normalize("NFD", "Größe für Łódź, Île-de-France")

# Name of the fault, its meaning, the attribute unless the option `field` names another, its value.
VALUES: tuple[tuple[str, str, str, object], ...] = (
    ("null-field", "an attribute is null", "TargetPartyName", None),
    ("overflow", "a number is 1e30", "Revenue", Decimal("1e30")),
    ("nan", "a number is NaN, which is no JSON", "Revenue", Decimal("NaN")),
    ("nul", "a text holds a NUL character", "Name", "before\0after"),
    ("emoji", "a text holds characters of 4 bytes", "Name", "Rocket 🚀 and family 👩‍👩‍👧‍👦"),
    ("bad-date", "a date does not exist", "EffectiveDate", "2026-02-30"),
    ("wrong-type", "a text is a list", "Name", ["not", "a", "text"]),
    ("decomposed", "a text is in decomposed Unicode, as some systems leave it", "Name", DECOMPOSED),
    ("far-date", "a date is the last second there is", "CreationDate", "9999-12-31T23:59:59Z"),
    # No encoder would write these: the bytes stand in the answer as they are.
    (
        *("broken-bytes", "a text is in Latin-1, which is no UTF-8"),
        *("Name", Raw('"Größe"'.encode("latin-1"))),
    ),
    (
        *("cut-character", "a text ends within the bytes of a character"),
        *("Name", Raw('"🚀'.encode()[:-1] + b'"')),
    ),
    (
        *("half-character", "a text holds one half of a pair of surrogates"),
        *("Name", Raw(rb'"half \ud83d"')),
    ),
    (
        *("forbidden-character", "a text holds control characters that JSON forbids"),
        *("Name", Raw(b'"two\nlines\t\x01"')),
    ),
    ("vast-number", "a number has an absurd exponent", "Revenue", Raw(b"1e999999999")),
)


def _replace(item: Item, name: str, value: object) -> None:
    if name in item:
        item[name] = value


def _replacing(usual_field: str, value: object) -> Callable[..., None]:
    def act(item: Item, *, field: str = usual_field) -> None:
        _replace(item, field, value)

    return act


for name, meaning, usual_field, value in VALUES:
    spoiling(name, meaning)(_replacing(usual_field, value))


@spoiling("absent-field", "an attribute is absent")
def absent_field(item: Item, *, field: str = "TargetPartyName") -> None:
    item.pop(field, None)


@spoiling("missing-id", "OptyId is absent")
def missing_id(item: Item) -> None:
    item.pop(OPTY_ID, None)


@spoiling("new-field", "an attribute comes that nobody asked for")
def new_field(item: Item, *, field: str = "BrandNew_c") -> None:
    item[field] = "new"


@spoiling("string-numbers", "numbers come as text")
def string_numbers(item: Item) -> None:
    for name, value in item.items():
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            item[name] = str(value)


@spoiling("long-text", "Name is too long")
def long_text(item: Item, *, size: int = 5000) -> None:
    _replace(item, "Name", "x" * size)


@spoiling("endless-number", "a number has thousands of digits")
def endless_number(item: Item, *, field: str = "Revenue", digits: int = 5000) -> None:
    _replace(item, field, Raw(b"9" * digits))


@spoiling("deep-nesting", "a text is a list in a list in a list")
def deep_nesting(item: Item, *, field: str = "Name", depth: int = 5000) -> None:
    _replace(item, field, Raw(b"[" * depth + b"]" * depth))
