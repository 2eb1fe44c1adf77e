"""Keep people signed in while pages that are open ask on by themselves."""

from django.conf import settings
from django.contrib.sessions import middleware
from django.http import HttpRequest, HttpResponse


class SessionMiddleware(middleware.SessionMiddleware):
    """Never let an answer to a read take the cookie away.

    A page asks every other second. What it asked with the session of before is answered after
    somebody has signed in anew in the same browser, and would take away the new cookie.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer = super().process_response(request, response)
        cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        if request.method == "GET" and cookie and not cookie.value:
            del answer.cookies[settings.SESSION_COOKIE_NAME]
        return answer
