"""Record who signs in, fails to, and signs out, by whichever door."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from audit.models import AuditKind
from audit.recording import record


def listen() -> None:
    user_logged_in.connect(_opened)
    user_login_failed.connect(_failed)
    user_logged_out.connect(_closed)


def _opened(request: HttpRequest | None, user: User, **signal: Any) -> None:
    record(AuditKind.SESSION_OPENED, request=request, actor=user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None, **signal: Any) -> None:
    """An unknown name is not kept: people type their password there."""
    name = str(credentials.get("username") or credentials.get("email") or "")
    user = get_user_model().objects.filter(username=name).first()
    unknown: dict[str, Any] = {} if user else {"unknown_name": _digest(name)}
    record(AuditKind.SESSION_FAILED, request=request, about=user, **unknown)


def _closed(request: HttpRequest | None, user: User | None, **signal: Any) -> None:
    if user is not None:
        record(AuditKind.SESSION_CLOSED, request=request, actor=user)


def _digest(name: str) -> str:
    """Return what tells the same name again, but not which one it was."""
    return salted_hmac("audit.unknown_name", name).hexdigest()[:12]
