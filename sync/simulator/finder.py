"""Read the parameter finder: whose opportunities a reader sees, and which of them."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from sync.simulator.attributes import KNOWN, comparable
from sync.simulator.conditions import Condition
from sync.simulator.errors import BadRequest
from sync.simulator.grammar import QUOTED, unquoted

FINDER = "MyOpportunitiesFinder"
MINE, ALL = "MYOPTIES", "ALLOPTIES"
VARIABLE = re.compile(rf"\s*(\w+)\s*=\s*({QUOTED}|[^,']*)(?:,|$)")
COMPARISONS: Mapping[str, tuple[str, str]] = {
    "OptyStatusCode": ("StatusCode", "="),
    "EffectiveBeginDate": ("EffectiveDate", ">="),
    "EffectiveEndDate": ("EffectiveDate", "<="),
    "Name": ("Name", "="),
}


class Found(NamedTuple):
    is_mine: bool = True
    conditions: tuple[Condition, ...] = ()


def read_finder(text: str) -> Found:
    """Return the finder's conditions. Without one, Oracle shows only the user's own open deals."""
    if not text:
        return Found()
    name, _, rest = text.partition(";")
    if name.strip() != FINDER:
        raise BadRequest(f"The finder {name} is not known.")
    variables = _variables(rest)
    record_set = variables.pop("RecordSet", MINE)
    if record_set not in (MINE, ALL):
        raise BadRequest(f"The variable RecordSet of the finder {FINDER} cannot be {record_set}.")
    conditions = tuple(_condition(*variable) for variable in variables.items())
    return Found(record_set == MINE, conditions)


def _variables(text: str) -> dict[str, str]:
    matches = [*VARIABLE.finditer(text)]
    if "".join(each[0] for each in matches) != text:
        raise BadRequest(f"The variables of the finder {FINDER} cannot be read: {text}")
    return {each[1]: unquoted(each[2].strip()) for each in matches}


def _condition(name: str, literal: str) -> Condition:
    if name not in COMPARISONS:
        raise BadRequest(f"The finder {FINDER} has no variable {name}.")
    attribute, sign = KNOWN[COMPARISONS[name][0]], COMPARISONS[name][1]
    value = comparable(attribute.kind, literal)
    if value is None:
        raise BadRequest(f"The variable {name} of the finder {FINDER} cannot be {literal}.")
    return Condition(attribute, sign, value)
