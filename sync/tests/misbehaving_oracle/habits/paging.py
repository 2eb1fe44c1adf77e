"""Vary how lists are cut into pages and counted."""

from dataclasses import replace
from datetime import datetime

from sync.simulator.messages import Reply, Request
from sync.simulator.query import Query
from sync.simulator.selection import Page
from sync.tests.misbehaving_oracle.habits.refusal import refusal
from sync.tests.misbehaving_oracle.habits.table import Variation, variation


@variation("limit", "a page never has more rows than this")
class Limit(Variation):
    most: int = 499

    def query(self, query: Query, request: Request, now: datetime) -> Query:
        return replace(query, limit=min(query.limit, self.most))


@variation("total", "totalResults is at most this, and at least that")
class Total(Variation):
    most: int = 499
    least: int = 0

    def page(self, page: Page) -> None:
        page.total = max(min(page.total, self.most), self.least)


@variation("no-count", "totalResults is refused")
class NoCount(Variation):
    status: int = 400
    ms: float = 0

    def instead(self, request: Request) -> Reply | None:
        is_counted = request.params.get("totalResults") == "true"
        return refusal(self.status, after_ms=self.ms) if is_counted else None


@variation("silent-count", "totalResults is passed over")
class SilentCount(Variation):
    def query(self, query: Query, request: Request, now: datetime) -> Query:
        return replace(query, has_total=False)


@variation("has-more-forever", "hasMore is true, also on the last page and past it")
class HasMoreForever(Variation):
    def page(self, page: Page) -> None:
        page.has_more = True


@variation("slow-offset", "from this offset on an answer takes so long")
class SlowOffset(Variation):
    first: int = 10_000
    ms: float = 10_000

    def reply(self, request: Request, reply: Reply) -> None:
        if _offset(request) >= self.first:
            reply.wait_s += self.ms / 1000


@variation("no-offset", "from this offset on a list is refused")
class NoOffset(Variation):
    first: int = 10_000
    status: int = 500

    def instead(self, request: Request) -> Reply | None:
        is_refused = _offset(request) >= self.first
        return refusal(self.status) if is_refused else None


def _offset(request: Request) -> int:
    text = request.params.get("offset", "0")
    return int(text) if text.isdecimal() else 0
