"""Limit each database statement of a request; syncs and commands have no limit."""

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from rest_framework.permissions import SAFE_METHODS

from bqs.api.problems import database_away
from bqs.api.took_too_long import WAIT_S, took_too_long
from bqs.database import is_away, limit_statements


class StatementTimeoutMiddleware(MiddlewareMixin):
    """Asks the database once, and again where the next request is of another kind."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        if connection.vendor == "postgresql":
            try:
                limit_statements(getattr(settings, _kind_of(request)))
            except DatabaseFailure as error:
                if not is_away(error):
                    raise
                return database_away(request, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Answer for pages; bqs/api/problems.py has the API's answer."""
        if is_away(error):
            return database_away(request, error)
        if not took_too_long(error):
            return None
        answer = render(request, "503.html", status=503)
        answer.headers["Retry-After"] = str(WAIT_S)
        return answer


def _kind_of(request: HttpRequest) -> str:
    """Return the name of the setting that holds the limit."""
    path = request.path_info
    if "/export" in path:
        return "EXPORT_TIMEOUT_S"
    if path.startswith("/admin"):
        return "ADMIN_TIMEOUT_S"
    return "LIST_TIMEOUT_S" if request.method in SAFE_METHODS else "REQUEST_TIMEOUT_S"
