"""Let a tenant differ at each step of an answer. A polite Oracle has no habits."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import TypeVar

from sync.simulator.attributes import Attribute
from sync.simulator.catalogue import Catalogue
from sync.simulator.messages import Reply, Request
from sync.simulator.query import Query
from sync.simulator.selection import Page
from sync.simulator.shape import Shape
from sync.simulator.store import Row, Store

Known = Mapping[str, Attribute]
"""Each attribute by the tenant's name of it."""
Value = TypeVar("Value")


class Habit:
    """Behave as Oracle usually does, at each step of an answer, in the order of the steps."""

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

    def instead_of_rows(self, request: Request, *, is_list: bool) -> Reply | None:
        """Return an answer instead of a list or of one record."""
        return None

    def asked(self, request: Request, known: Known) -> Request:
        """Return the request as it is understood. Raises: BadRequest."""
        return request

    def query(self, query: Query, request: Request, now: datetime) -> Query:
        return query

    def before_page(self, store: Store, before: list[Row], now: datetime) -> None:
        """Change what is stored, after the reader got the page `before`."""

    def page(self, page: Page) -> None:
        """Change the page."""

    def items(self, rows: list[Row], shape: Shape, encoded: list[bytes]) -> None:
        """Change the encoded rows in their places."""

    def delivery(self, reply: Reply) -> None:
        """Change the reply with rows."""

    def reply(self, request: Request, reply: Reply) -> None:
        """Change the reply, which is complete."""


class Habits:
    """Ask all habits of one tenant, one after the other."""

    def __init__(self) -> None:
        self.all: tuple[Habit, ...] = ()

    def fold(self, step: Callable[[Habit, Value], Value], value: Value) -> Value:
        """Return the value that is left after each habit has changed it."""
        return reduce(lambda former, habit: step(habit, former), self.all, value)

    def first_reply(self, step: Callable[[Habit], Reply | None]) -> Reply | None:
        return next(filter(None, map(step, self.all)), None)

    def asked(self, request: Request, usual: Known, known: Known) -> Request:
        request = self.fold(lambda habit, former: habit.asked(former, known), request)
        if known is usual or request.params.get("fields"):
            return request
        # Otherwise the rows would come with everything they are stored with.
        return replace(request, params={**request.params, "fields": ",".join(known)})
