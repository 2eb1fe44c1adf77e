"""Limit sessions, require second factors, and answer refused sign-ins."""

import re
import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from accounts.sign_in.delays import BROWSER_COOKIE, PLACES_ARE_KNOWN_FOR, TooManyTries
from accounts.sign_in.second_factor import session_lacks_second_factor

IS_NOTED_EVERY_S = 60
# BrowserSession guards the API; its docs are a page, and the sign-in would lead back to them.
WITHOUT_SECOND_FACTOR = re.compile("/(accounts/|admin/logout/|api(?!/docs)|static/)")


class SessionRulesMiddleware(MiddlewareMixin):
    """End sessions that are too old, and lead people who lack a second factor to set one up.

    Once a minute it notes that a session is in use: saved with that, the session lasts
    SESSION_COOKIE_AGE from then on, the idle limit.
    """

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            if request.user.is_authenticated:
                _limit(request)
            is_free = WITHOUT_SECOND_FACTOR.match(request.path_info)
            if not is_free and session_lacks_second_factor(request):
                return redirect(f"{reverse('mfa_index')}?required=yes")
        return None


def _limit(request: HttpRequest) -> None:
    now, session = time.time(), request.session
    if now - session.setdefault("began_at", now) >= settings.SESSION_MAX_HOURS * 3600:
        logout(request)
    elif now - session.get("seen_at", 0) >= IS_NOTED_EVERY_S:
        session["seen_at"] = now
        UserSession.objects.create_from_request(request)


class SignInMiddleware(MiddlewareMixin):
    """Mark the browser of who signed in, lead on who signed out, and tell a visitor to wait."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if hasattr(request, "leave_at") and not request.path_info.startswith("/api/"):
            # By a page: browsers bind what a form leads to to this site.
            response = render(request, "account/leaving.html", {"where": request.leave_at})
        if new_browser := getattr(request, "new_browser", None):
            response.set_cookie(
                BROWSER_COOKIE,
                new_browser,
                max_age=PLACES_ARE_KNOWN_FOR,
                path=settings.SESSION_COOKIE_PATH,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if not isinstance(error, TooManyTries):
            return None
        page = render(request, "429.html", {"why": error.detail}, status=429)
        page["Retry-After"] = str(error.wait)
        return page
