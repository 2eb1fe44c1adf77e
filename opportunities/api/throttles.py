"""How often somebody may call; where it matters, counted by all server processes together."""

from django.core.cache import caches
from rest_framework.throttling import ScopedRateThrottle


class SharedRateThrottle(ScopedRateThrottle):
    """Of log-ins and syncs: few and dear, so a count in the database is worth its queries."""

    cache = caches["shared"]
