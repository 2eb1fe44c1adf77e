"""Hold the conditions that a row must meet."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.simulator.attributes import Attribute, Comparable, Kind, comparable
from sync.simulator.errors import BadRequest
from sync.simulator.store import Row

OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "!=": operator.ne,
    "<>": operator.ne,
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True)
class Condition:
    attribute: Attribute
    operator: str
    value: Comparable

    def holds(self, row: Row) -> bool:
        """Compare as SQL does: a value that is null meets no condition, not even <>."""
        value = row.comparable(self.attribute)
        return value is not None and OPERATORS[self.operator](value, self.value)


@dataclass(frozen=True)
class OneOf:
    attribute: Attribute
    values: frozenset[Comparable]

    def holds(self, row: Row) -> bool:
        return row.comparable(self.attribute) in self.values


Term = Condition | OneOf


def known_attribute(name: str, known: Mapping[str, Attribute], parameter: str) -> Attribute:
    if name not in known:
        raise BadRequest(f"The attribute {name} in the parameter {parameter} is not known.")
    return known[name]


def condition(name: str, sign: str, literal: str, known: Mapping[str, Attribute]) -> Condition:
    """Return one comparison of q. Refuse a time without a zone."""
    attribute = known_attribute(name, known, "q")
    if not attribute.is_queryable:
        raise BadRequest(f"The attribute {name} in the parameter q is not queryable.")
    value = comparable(attribute.kind, literal)
    if value is None:
        raise BadRequest(f"{literal!r} is no {attribute.kind} to compare the attribute {name} to.")
    if attribute.kind is Kind.DATE and len(literal) > len("2026-01-31"):
        raise BadRequest(f"{literal!r} is no date to compare the attribute {name} to.")
    return Condition(attribute, sign, value)
