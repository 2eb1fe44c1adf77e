"""Slow down guessing at every sign-in: each failure makes the next attempt wait longer.

Why so, and against what: docs/decisions/0041.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv6Network, ip_address
from math import ceil
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import APIException

from accounts.models import SignInTries
from accounts.sign_in.held_permissions import permissions_held_by
from opportunities.api.client_address import knows_clients

BROWSER_COOKIE = "bqs_browser"
FAILURES_COUNT_FOR = timedelta(days=1)
PLACES_ARE_KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Delay:
    free: int
    """Failures before the first wait; each further one doubles it."""
    most: timedelta

    def after(self, failures: int) -> timedelta:
        over = min(failures - self.free, 20)
        return min(timedelta(seconds=2 ** (over - 1)), self.most) if over > 0 else timedelta()


# A name can be kept busy by strangers, so its wait is short; an address and a browser cannot.
DELAYS = {
    "name": Delay(3, timedelta(minutes=1)),
    "name at address": Delay(3, timedelta(minutes=1)),
    "address": Delay(10, timedelta(minutes=15)),
    "name in browser": Delay(5, timedelta(minutes=15)),
}


class TooManyTries(APIException):
    status_code = 429
    default_code = "too_many_tries"

    def __init__(self, wait: timedelta) -> None:
        self.wait = ceil(wait.total_seconds())
        unit = "second" if self.wait == 1 else "seconds"
        super().__init__(f"Too many failed sign-ins. Try again in {self.wait} {unit}.")


class SlowedBackend(ModelBackend):
    """Django's own, behind the rule: page, API and renewed sign-ins all come through here."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, **credentials: Any
    ) -> User | None:
        """Check the delay first. Raises: TooManyTries, before the password is checked."""
        if request is None or not {"username", "password"} <= credentials.keys():
            return super().authenticate(request, **credentials)
        tried = begin_try(request, credentials["username"])
        user = super().authenticate(request, **credentials)
        if user is None or not may_use_password(user):
            return None
        tried.succeeded()
        return user

    def get_all_permissions(self, user: Any, obj: Any = None) -> set[str]:
        """Return what Django does, by one query instead of two that each call would wait for."""
        if obj is None and user.is_active and not user.is_superuser and user.pk:
            if not hasattr(user, "_perm_cache"):
                user._perm_cache = permissions_held_by(user)
            return cast(set[str], user._perm_cache)
        return super().get_all_permissions(user, obj)


def may_use_password(user: Any) -> bool:
    return not settings.OIDC_ONLY or user.get_username() in settings.OIDC_BREAK_GLASS


@dataclass
class Try:
    request: HttpRequest
    name: str
    places: list[str] = field(init=False)
    """Keys of this name at this address and in this browser, the surer one last."""

    def __post_init__(self) -> None:
        cookie = self.request.COOKIES.get(BROWSER_COOKIE, "")[:64]
        self.places = [_key("name at address", self.name, address) for address in self._address]
        self.places += [_key("name in browser", self.name, cookie)] if cookie else []

    @property
    def _address(self) -> list[str]:
        return [network_of(self.request.META["REMOTE_ADDR"])] if knows_clients() else []

    def keys(self) -> list[str]:
        """Return the place this person signed in from before, or else the name and the address."""
        known = SignInTries.objects.filter(key__in=self.places, is_known=True)
        if found := [key for key in self.places if key in {row.key for row in known}]:
            return found[-1:]
        return self._of_strangers()

    def _of_strangers(self) -> list[str]:
        return [_key("name", self.name), *(_key("address", each) for each in self._address)]

    def succeeded(self) -> None:
        """Forget the failures, and know the place from now on.

        An address is forgiven for somebody's first sign-in only: else who has an account could
        guess others' passwords between two sign-ins of their own.
        """
        now = timezone.now()
        if not SignInTries.objects.filter(key__in=self.places, is_known=True).exists():
            SignInTries.objects.filter(key__in=self._of_strangers()).delete()
        if self.request.COOKIES and BROWSER_COOKIE not in self.request.COOKIES:
            # Set by SignInMiddleware. Programs, which come without any, get none.
            self.request.new_browser = secrets.token_urlsafe(32)  # type: ignore[attr-defined]
            self.places.append(_key("name in browser", self.name, self.request.new_browser))  # type: ignore[attr-defined]
        _store(SignInTries(key=key, next_try_at=now, is_known=True) for key in self.places)
        old = Q(next_try_at__lt=now - FAILURES_COUNT_FOR, is_known=False)
        SignInTries.objects.filter(old | Q(next_try_at__lt=now - PLACES_ARE_KNOWN_FOR)).delete()


def begin_try(request: HttpRequest, name: str) -> Try:
    """Count a try as failed before it is made, so that many at once are counted, too.

    Raises: TooManyTries.
    """
    tried, now = Try(request, name), timezone.now()
    keys = tried.keys()
    SignInTries.objects.bulk_create(
        [SignInTries(key=key, next_try_at=now) for key in keys], ignore_conflicts=True
    )
    with transaction.atomic():
        rows = SignInTries.objects.select_for_update().filter(key__in=keys).order_by("key")
        found = list(rows)
        wait = max((row.next_try_at - now for row in found), default=timedelta())
        if wait > timedelta():
            raise TooManyTries(wait)
        for row in found:
            _count(row, now)
        SignInTries.objects.bulk_update(found, ["failures", "next_try_at"])
    return tried


def network_of(address: str) -> str:
    """Return an IPv4 address as it is, of IPv6 the network that one customer has."""
    found = ip_address(address)
    return address if found.version == 4 else str(IPv6Network((int(found), 64), strict=False))


def _count(row: SignInTries, now: datetime) -> None:
    is_fresh = now - row.next_try_at < FAILURES_COUNT_FOR
    row.failures = row.failures + 1 if is_fresh else 1
    row.next_try_at = now + DELAYS[row.key.partition(":")[0]].after(row.failures)


def _store(rows: Iterable[SignInTries]) -> None:
    SignInTries.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["failures", "next_try_at", "is_known"],
    )


def _key(kind: str, *parts: str) -> str:
    """Return the kind and a digest: people also type passwords where their name belongs."""
    text = "\n".join(part.strip().casefold() for part in parts)
    return f"{kind}:{salted_hmac(kind, text, algorithm='sha256').hexdigest()}"
