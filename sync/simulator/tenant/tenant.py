"""Let a tenant differ for good. Each variation is a class, its options are the class's fields."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import reduce
from typing import ClassVar, TypeVar, dataclass_transform

from sync.simulator.attributes import Attribute
from sync.simulator.catalogue import Catalogue
from sync.simulator.messages import Reply, Request
from sync.simulator.options import Option, looked_up, read_options
from sync.simulator.query import Query
from sync.simulator.selection import Page

Known = Mapping[str, Attribute]
"""Each attribute by the tenant's name of it."""


class Variation:
    """Behave as Oracle usually does, at each step of an answer, in the order of the steps."""

    name: ClassVar[str]
    meaning: ClassVar[str]

    @classmethod
    def options(cls) -> dict[str, Option]:
        return {each.name: each.default for each in fields(cls) if each.init}  # type: ignore[arg-type, misc]

    def before_login(self, request: Request) -> Reply | None:
        """Return an answer that needs no login."""
        return None

    def admits(self, request: Request, *, is_right: bool) -> bool:
        return is_right

    def instead(self, request: Request) -> Reply | None:
        """Return an answer after the login, before the request is read."""
        return None

    def catalogue(self, catalogue: Catalogue) -> Catalogue:
        return catalogue

    def knows(self, known: Known) -> Known:
        return known

    def asked(self, request: Request, known: Known) -> Request:
        """Return the request as it is understood. Raises: BadRequest."""
        return request

    def query(self, query: Query, request: Request, now: datetime) -> Query:
        return query

    def page(self, page: Page) -> None:
        """Change the page."""

    def reply(self, request: Request, reply: Reply) -> None:
        """Change the reply, which is complete."""


Value = TypeVar("Value")
Habit = TypeVar("Habit", bound=type[Variation])
VARIATIONS: dict[str, type[Variation]] = {}


@dataclass_transform(field_specifiers=(field,))
def variation(name: str, meaning: str) -> Callable[[Habit], Habit]:
    """Make a class a dataclass, and enter it into the table."""

    def enter(habit: Habit) -> Habit:
        habit.name, habit.meaning = name, meaning
        VARIATIONS[name] = dataclass(habit)
        return habit

    return enter


def read_variation(word: str) -> Variation:
    """Read `name:option=value,option=value`; a list of names has a + between them."""
    name, habit, rest = looked_up("variation", word, VARIATIONS)
    return habit(**read_options(f"variation {name}", rest, habit.options()))


class Tenant:
    """Ask all habits of one tenant, one after the other."""

    def __init__(self) -> None:
        self.habits: tuple[Variation, ...] = ()

    def set(self, words: Iterable[str]) -> None:
        """Have these habits, each `name:option=value,option=value`, and no others."""
        self.habits = tuple(read_variation(word) for word in words)

    def fold(self, step: Callable[[Variation, Value], Value], value: Value) -> Value:
        """Return the value that is left after each habit has changed it."""
        return reduce(lambda former, habit: step(habit, former), self.habits, value)

    def first_reply(self, step: Callable[[Variation], Reply | None]) -> Reply | None:
        return next(filter(None, map(step, self.habits)), None)

    def asked(self, request: Request, usual: Known, known: Known) -> Request:
        request = self.fold(lambda habit, former: habit.asked(former, known), request)
        if known is usual or request.params.get("fields"):
            return request
        # Otherwise the rows would come with everything they are stored with.
        return replace(request, params={**request.params, "fields": ",".join(known)})
