"""Tokens for programs: made once, shown once, kept as a digest, good for a while.

Not django-rest-knox, which keeps neither a name nor a last use of a token.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.models import ApiToken
from accounts.sign_in.ending import audit_details_of
from audit.recording import record

BEGINNING = "bqs_"
MOST_TOKENS = 50
USE_IS_NOTED_EVERY = timedelta(minutes=1)


class Scope(TextChoices):
    READ = "read", "Read"
    WRITE = "write", "Read and write"
    SYNC = "sync", "Start syncs and follow them"


EVERY = frozenset(Scope)
DEFAULT = frozenset({Scope.READ})
OF_SYNC = frozenset({"sync-database", "sync-status", "sync-history", "sync-log", "sync-progress"})
"""Names of addresses."""


def scopes_that_open(address: str | None, method: str | None) -> frozenset[Scope]:
    """Return the scopes of which a token needs one, by the name of the address.

    An address that nobody thought of here is no exception: it reads with `read`, writes with
    `write`.
    """
    if (address, method) == ("token", "DELETE"):  # It ends itself.
        return EVERY
    if method not in SAFE_METHODS:
        return frozenset({Scope.SYNC if address in OF_SYNC else Scope.WRITE})
    return EVERY if address in OF_SYNC else EVERY - {Scope.SYNC}


class TooManyTokens(exceptions.APIException):
    status_code = 409
    default_code = "too_many_tokens"
    default_detail = f"You have {MOST_TOKENS} tokens, the maximum. Revoke one first."


class ScopeMissing(exceptions.PermissionDenied):
    default_code = "scope_missing"


def issue_token(
    user: User, name: str, scopes: Iterable[str] = DEFAULT, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Return the stored token, and the text to show once: it has enough bytes for a quick hash.

    Raises: TooManyTokens.
    """
    text = BEGINNING + secrets.token_urlsafe(32)
    with transaction.atomic():
        _make_room_for(user)
        token = ApiToken.objects.create(
            user=user,
            name=name,
            digest=digest_of(text),
            beginning=text[:8],
            scopes=sorted(set(scopes)),
            expires_at=expires_at or latest_end(),
        )
        record("token.made", about=token, **audit_details_of(token))
    return token, text


def latest_end() -> datetime:
    return timezone.now() + timedelta(days=settings.API_TOKEN_DAYS)


def _make_room_for(user: User) -> None:
    """Expired ones go; two at once wait for one another, so that none is one too many."""
    User.objects.select_for_update().get(pk=user.pk)
    ApiToken.objects.filter(user=user, expires_at__lte=timezone.now()).delete()
    if ApiToken.objects.filter(user=user).count() >= MOST_TOKENS:
        raise TooManyTokens


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class ApiTokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token bqs_…`

    Its scopes are checked here, and not by a permission, because views name permissions of their
    own: none can forget them.
    """

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        found = super().authenticate(request)
        if found:
            _refuse_beyond_scopes(found[1], request)
            _note_use(found[1], request)
        return found

    def authenticate_credentials(self, key: str) -> tuple[Any, ApiToken]:
        token = ApiToken.objects.select_related("user").filter(digest=digest_of(key)).first()
        if token is None or token.is_expired(timezone.now()) or not token.user.is_active:
            raise exceptions.AuthenticationFailed(
                "This token is invalid or has expired. Make a new one."
            )
        return token.user, token


def _refuse_beyond_scopes(token: ApiToken, request: Request) -> None:
    """Raises: ScopeMissing."""
    match = request._request.resolver_match
    wanted = scopes_that_open(match.url_name if match else None, request.method)
    if wanted.isdisjoint(token.scopes):
        names = " or ".join(sorted(wanted))
        raise ScopeMissing(f"This token lacks the scope {names}. Make a token that has it.")


def _note_use(token: ApiToken, request: Request) -> None:
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at >= USE_IS_NOTED_EVERY:
        address = request.META.get("REMOTE_ADDR", "")[:64]
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now, last_used_from=address)
    if token.last_used_at is None:
        record("token.used_first", about=token, actor=token.user, **audit_details_of(token))


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes it in the API's schema."""

    target_class = "accounts.tokens.tokens.ApiTokenAuthentication"
    name = "tokenAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token bqs_…`, from POST /api/token or /api/tokens. Of its scopes, "
            "`read` reads, `write` reads and writes, `sync` starts syncs and follows them.",
        }
