"""Every address of the API that there is or will be, and what can be sent to it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import get_resolver

METHODS = ("get", "post", "put", "patch", "delete")
KEYS = {"int": "1", "crm_key": "some-key"}


class Endpoint(NamedTuple):
    address: str
    view: Any

    @property
    def methods(self) -> list[str]:
        return [name for name in METHODS if hasattr(self.view, name)]


def endpoints(patterns: Any = None, prefix: str = "/") -> Iterator[Endpoint]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from endpoints(pattern.url_patterns, address)
        elif address.startswith("/api"):
            yield Endpoint(_filled(address), pattern.callback.cls)
        elif address.startswith("/^api/"):
            yield Endpoint("/api/nothing/like/this", pattern.callback.cls)


def _filled(address: str) -> str:
    return re.sub(r"<(\w+):\w+>", lambda found: KEYS[found[1]], address)
