"""Say before anything else is looked at that a pulse has nothing new."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.urls import resolve

from accounts.sign_in.sessions import PAGE_OF
from bqs.api.pulse_state import TAG, pulse_state
from bqs.database import is_limited

PULSE = "/api/pulse"


class QuietPulseMiddleware:
    """Answer 304 while all is as it was when the pulse's own view gave this ETag.

    Whatever differs in session, person, rights or what moved goes the whole way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == PULSE and request.method == "GET" and _is_quiet(request):
            request.resolver_match = _match()
            same = {"ETag": request.headers["If-None-Match"], "Vary": "Accept, Cookie"}
            return HttpResponseNotModified(headers=same)
        return self.get_response(request)


def _is_quiet(request: HttpRequest) -> bool:
    tag = TAG.fullmatch(request.headers.get("If-None-Match", ""))
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not (tag and session) or "Authorization" in request.headers:
        return False
    if not is_limited(settings.LIST_TIMEOUT_S):
        return False
    # To ask whether the connection still answers takes as long as to ask what matters.
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        state = pulse_state(int(tag["person"]), session)
    except Error:
        connection.close_if_unusable_or_obsolete()
        return False
    asked = state.tag(request.GET.get("after"), request.headers.get(PAGE_OF))
    return bool(state.of("session")) and asked == tag[0].removeprefix("W/")


@cache
def _match() -> Any:
    """Return what the request's log and metrics name."""
    return resolve(PULSE)
