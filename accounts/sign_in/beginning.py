"""Begin a session when somebody signs in."""

import time
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.sign_in.second_factor import FROM_PROVIDER


def begin_session(request: Any, **signal: Any) -> None:
    """Start the clock of SESSION_MAX_HOURS, and sweep out what is over for everybody."""
    request.session["began_at"] = time.time()
    if id_token := getattr(request, "id_token", None):
        request.session[FROM_PROVIDER] = id_token
    SessionStore.clear_expired()
    oldest = timezone.now() - timedelta(hours=settings.SESSION_MAX_HOURS)
    UserSession.objects.filter(created_at__lt=oldest).delete()
