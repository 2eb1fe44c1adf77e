"""Tokens for programs: made once, shown once, kept as a digest.

Not django-rest-knox, which keeps neither a name nor a last use of a token.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions

from accounts.models import ApiToken

BEGINNING = "bqs_"
USE_IS_NOTED_EVERY = timedelta(minutes=1)


def issue_token(user: User, name: str, expires_at: datetime | None = None) -> tuple[ApiToken, str]:
    """The stored token, and the text to show once: it is enough bytes to need no slow hash."""
    text = BEGINNING + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=digest_of(text),
        beginning=text[:8],
        expires_at=expires_at,
    )
    return token, text


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class ApiTokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token bqs_…`"""

    def authenticate_credentials(self, key: str) -> tuple[Any, ApiToken]:
        now = timezone.now()
        token = ApiToken.objects.select_related("user").filter(digest=digest_of(key)).first()
        if token is None or token.is_expired(now) or not token.user.is_active:
            raise exceptions.AuthenticationFailed("This token is not, or no longer, good.")
        _note_use(token, now)
        return token.user, token


def _note_use(token: ApiToken, now: datetime) -> None:
    if token.last_used_at is None or now - token.last_used_at >= USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes it in the API's schema."""

    target_class = "accounts.tokens.ApiTokenAuthentication"
    name = "tokenAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token bqs_…`, from POST /api/token or /api/tokens.",
        }
