"""The two grammars of the parameter q; each refuses what is written in the other."""

import re
from collections.abc import Iterator, Mapping

from sync.oracle.simulator.attributes import Attribute, Kind
from sync.oracle.simulator.conditions import Condition, condition
from sync.oracle.simulator.errors import BadRequest

EXPANDED_SINCE = 2
SIGN = r"(>=|<=|!=|<>|=|>|<)"
QUOTED = r"'(?:[^']|'')*'"

# Version 1: OptyId>=5 and <9;StatusCode=OPEN
PART = re.compile(rf"\s*(\w+)\s*({SIGN}.*)", re.DOTALL)
AND_SAME = re.compile(r"\s+and\s+(?=[<>=!])", re.IGNORECASE)
COMPARISON = re.compile(rf"{SIGN}\s*([^'<>=!]+)")

# Version 2 and later: OptyId >= 5 and StatusCode = 'OPEN'
TERM = re.compile(rf"\s*(\w+)\s*{SIGN}\s*({QUOTED}|[^\s;'<>=!]+)\s*")
AND = re.compile(r"and\s+(?=\w)", re.IGNORECASE)


def read_q(text: str, framework: int, known: Mapping[str, Attribute]) -> tuple[Condition, ...]:
    if not text:
        return ()
    read = _expanded if framework >= EXPANDED_SINCE else _by_example
    return tuple(read(text, known))


def unquoted(literal: str) -> str:
    is_quoted = literal.startswith("'") and literal.endswith("'") and len(literal) > 1
    return literal[1:-1].replace("''", "'") if is_quoted else literal


def _by_example(text: str, known: Mapping[str, Attribute]) -> Iterator[Condition]:
    for part in text.split(";"):
        match = PART.fullmatch(part)
        if not match:
            raise _not_understood(text, 1)
        for comparison in AND_SAME.split(match[2]):
            found = COMPARISON.fullmatch(comparison)
            if not found:
                raise _not_understood(text, 1)
            yield condition(match[1], found[1], found[2].strip(), known)


def _expanded(text: str, known: Mapping[str, Attribute]) -> Iterator[Condition]:
    position = 0
    while True:
        term = TERM.match(text, position)
        if not term:
            raise _not_understood(text, 2)
        yield _expanded_condition(term, known)
        if term.end() == len(text):
            return
        conjunction = AND.match(text, term.end())
        if not conjunction:
            raise _not_understood(text, 2)
        position = conjunction.end()


def _expanded_condition(term: re.Match[str], known: Mapping[str, Attribute]) -> Condition:
    name, sign, literal = term.groups()
    found = condition(name, sign, unquoted(literal), known)
    if found.attribute.kind is Kind.STRING and not literal.startswith("'"):
        raise BadRequest(f"The text {literal} compared to the attribute {name} needs quotes.")
    return found


def _not_understood(text: str, version: int) -> BadRequest:
    return BadRequest(
        f"The parameter q is not in the grammar of framework version {version}: {text}"
    )
