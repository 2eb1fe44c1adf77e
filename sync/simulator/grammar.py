"""Read the parameter q in the grammar of framework version 2 and later."""

import re
from collections import deque
from collections.abc import Mapping

from sync.simulator.attributes import Attribute, Kind
from sync.simulator.conditions import OPERATORS, Condition, OneOf, Term, Terms, condition
from sync.simulator.errors import BadRequest

EXPANDED_SINCE = 2
QUOTED = r"'(?:[^']|'')*'"

# OptyId in (5,6) or (OptyId >= 9 and StatusCode = 'OPEN')
TOKEN = re.compile(rf"\s*(?:({'|'.join(OPERATORS)}|[(),])|({QUOTED}|[^\s;'<>=!(),]+))\s*")
MARKS = {*OPERATORS, "(", ")", ","}


def read_q(text: str, framework: int, known: Mapping[str, Attribute]) -> tuple[Term, ...]:
    """Return the conditions of q. In version 1, which BQS does not speak, all of q is refused."""
    if not text:
        return ()
    try:
        if framework < EXPANDED_SINCE:
            raise LookupError
        return _Parser(_tokens(text), known).read()
    except LookupError:
        sentence = "The parameter q is not in the grammar of the framework version"
        raise BadRequest(f"{sentence}: {text}") from None


def unquoted(literal: str) -> str:
    is_quoted = literal.startswith("'") and literal.endswith("'") and len(literal) > 1
    return literal[1:-1].replace("''", "'") if is_quoted else literal


def _tokens(text: str) -> deque[str]:
    matches = [*TOKEN.finditer(text)]
    if "".join(each[0] for each in matches) != text:
        raise LookupError
    return deque(each[1] or each[2] for each in matches)


class _Parser:
    """Reads from left to right; `and` binds closer than `or`.

    Raises LookupError where a token is not in its place, or where none is left.
    """

    def __init__(self, tokens: deque[str], known: Mapping[str, Attribute]) -> None:
        self._tokens, self._known = tokens, known

    def read(self) -> tuple[Term, ...]:
        term = self._either()
        if self._tokens:
            raise LookupError
        return term.terms if isinstance(term, Terms) and term.combine is all else (term,)

    def _either(self) -> Term:
        terms = [self._all()]
        while self._passes("or"):
            terms.append(self._all())
        return terms[0] if len(terms) == 1 else Terms(any, tuple(terms))

    def _all(self) -> Term:
        terms = [self._one()]
        while self._passes("and"):
            terms.append(self._one())
        return terms[0] if len(terms) == 1 else Terms(all, tuple(terms))

    def _one(self) -> Term:
        if self._passes("("):
            term = self._either()
            self._expect(")")
            return term
        name = self._word()
        if self._passes("in"):
            return self._one_of(name)
        sign = self._tokens.popleft()
        if sign not in OPERATORS:
            raise LookupError
        return self._condition(name, sign)

    def _one_of(self, name: str) -> OneOf:
        self._expect("(")
        found = [self._condition(name, "=")]
        while self._passes(","):
            found.append(self._condition(name, "="))
        self._expect(")")
        return OneOf(found[0].attribute, frozenset(each.value for each in found))

    def _condition(self, name: str, sign: str) -> Condition:
        literal = self._word()
        found = condition(name, sign, unquoted(literal), self._known)
        if found.attribute.kind is Kind.STRING and not literal.startswith("'"):
            raise BadRequest(f"The text {literal} compared to the attribute {name} needs quotes.")
        return found

    def _word(self) -> str:
        word = self._tokens.popleft()
        if word in MARKS:
            raise LookupError
        return word

    def _passes(self, token: str) -> bool:
        is_next = bool(self._tokens) and self._tokens[0].lower() == token
        if is_next:
            self._tokens.popleft()
        return is_next

    def _expect(self, token: str) -> None:
        if not self._passes(token):
            raise LookupError
