"""Limit how often somebody may call, counted by all server processes together."""

from typing import Any

from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, UserRateThrottle

from opportunities.api.client_address import knows_clients

PORTIONS = 20


class SharedRateThrottle(ScopedRateThrottle):
    """Limit log-ins and syncs: few and costly, so a count in the database is worth its queries."""

    cache = caches["shared"]


class CallThrottle(UserRateThrottle):
    """Limit all calls of a user, in each minute of the clock (or what the rate names).

    A process counts in its own memory, and tells the others by the portion: whoever calls less
    than that costs no query. So each process may let a portion too many through.
    """

    shared = caches["shared"]
    num_requests: int
    duration: int

    def allow_request(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated and not knows_clients():
            return True  # Strangers behind one proxy would use up one another's calls.
        self.now = self.timer()
        key = f"{self.get_cache_key(request, view)}_{self.now // self.duration:.0f}"
        return self._count(key) <= self.num_requests

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return self.duration - self.now % self.duration

    def _count(self, key: str) -> int:
        self.cache.add(key, 0, self.duration)
        here, portion = self.cache.incr(key), max(1, self.num_requests // PORTIONS)
        if here % portion == 0:
            everywhere = self.shared.get(key, 0) + portion
            self.shared.set(key, everywhere, self.duration)
            self.cache.set(f"{key}_elsewhere", everywhere - here, self.duration)
        return int(here + self.cache.get(f"{key}_elsewhere", 0))
