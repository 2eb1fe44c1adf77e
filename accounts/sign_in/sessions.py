"""Sessions of browsers, of which several tabs share one, whoever each of them was opened by."""

from typing import Any

from django.conf import settings
from drf_spectacular import authentication as described
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from accounts.sign_in.second_factor import session_lacks_second_factor

PAGE_OF = "X-Page-Of"
"""Header with the id of the person whose page sends the request."""


class BrowserSession(authentication.SessionAuthentication):
    """Refuse what a page of one person asks in the session of another, who signed in beside it.

    Nobody is signed in who still has to set up a second factor: the page leads them there.
    """

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found and session_lacks_second_factor(request._request):
            return None
        if found and request.headers.get(PAGE_OF, str(found[0].pk)) != str(found[0].pk):
            sentence = f"The signed-in person is not the one that {PAGE_OF} names."
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

    target_class = "accounts.sign_in.sessions.BrowserSession"
