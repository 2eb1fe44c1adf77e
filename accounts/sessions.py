"""Sessions of browsers, of which several tabs share one, whoever each of them was opened by."""

from typing import Any

from django.conf import settings
from drf_spectacular import authentication as described
from rest_framework import authentication, exceptions
from rest_framework.request import Request

PAGE_OF = "X-Page-Of"
"""The header that says by id whose page a request comes from."""


class BrowserSession(authentication.SessionAuthentication):
    """Refuse what a page of one person asks in the session of another, who signed in beside it."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found and request.headers.get(PAGE_OF, str(found[0].pk)) != str(found[0].pk):
            sentence = f"Somebody else is logged in than {PAGE_OF} names."
            raise exceptions.PermissionDenied(sentence, "another_person")
        return found

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            has_cookie = settings.CSRF_COOKIE_NAME in request.COOKIES
            code = "csrf_failed" if has_cookie else "no_cookies"
            raise exceptions.PermissionDenied(str(error.detail), code) from error


class SessionScheme(described.SessionScheme):
    """Describes it in the API's schema."""

    target_class = "accounts.sessions.BrowserSession"
