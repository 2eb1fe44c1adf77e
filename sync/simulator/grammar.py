"""Read the parameter q in the grammar of framework version 2 and later, as far as BQS speaks it."""

import re
from collections.abc import Iterator, Mapping

from sync.simulator.attributes import Attribute, Kind
from sync.simulator.conditions import OPERATORS, Condition, OneOf, Term, condition
from sync.simulator.errors import BadRequest

EXPANDED_SINCE = 2
QUOTED = r"'(?:[^']|'')*'"
LITERAL = rf"(?:{QUOTED}|[^\s;'<>=!(),]+)"
# OptyId >= 9 and StatusCode = 'OPEN' and OptyId in (5,6)
TERM = re.compile(
    rf"\s*(?P<name>\w+)\s*(?:(?P<sign>{'|'.join(OPERATORS)})\s*(?P<value>{LITERAL})"
    rf"|in\s*\(\s*(?P<values>{LITERAL}(?:\s*,\s*{LITERAL})*)\s*\))\s*(?:(?P<more>and)\b|$)",
    re.IGNORECASE,
)


def read_q(text: str, framework: int, known: Mapping[str, Attribute]) -> tuple[Term, ...]:
    """Return the conditions of q. In version 1, which BQS does not speak, all of q is refused."""
    return tuple(_terms(text, framework, known)) if text else ()


def unquoted(literal: str) -> str:
    is_quoted = literal.startswith("'") and literal.endswith("'") and len(literal) > 1
    return literal[1:-1].replace("''", "'") if is_quoted else literal


def _terms(text: str, framework: int, known: Mapping[str, Attribute]) -> Iterator[Term]:
    at = 0
    while framework >= EXPANDED_SINCE and (found := TERM.match(text, at)):
        yield _term(found, known)
        if not found["more"]:
            return
        at = found.end()
    raise BadRequest(f"The parameter q is not in the grammar of the framework version: {text}")


def _term(found: re.Match[str], known: Mapping[str, Attribute]) -> Term:
    if found["sign"]:
        return _condition(found["name"], found["sign"], found["value"], known)
    literals = re.findall(LITERAL, found["values"])
    each = [_condition(found["name"], "=", literal, known) for literal in literals]
    return OneOf(each[0].attribute, frozenset(one.value for one in each))


def _condition(name: str, sign: str, literal: str, known: Mapping[str, Attribute]) -> Condition:
    found = condition(name, sign, unquoted(literal), known)
    if found.attribute.kind is Kind.STRING and not literal.startswith("'"):
        raise BadRequest(f"The text {literal} compared to the attribute {name} needs quotes.")
    return found
