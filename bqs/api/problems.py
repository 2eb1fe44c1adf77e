"""Answer every error of the API as problem details (RFC 9457)."""

import logging
import sys
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from bqs.api.negotiation import PROBLEM as CONTENT_TYPE
from bqs.api.took_too_long import TookTooLong, took_too_long
from bqs.database import is_away
from opportunities.access.operators import for_reader
from opportunities.api.errors import Busy, Refused
from opportunities.domain.errors import TransitionRefused
from opportunities.lists.slots import NoSlot

DATABASE_AWAY = "BQS cannot reach its database. Try again in a few seconds."
RETRY_S = 10
log = logging.getLogger(__name__)


def answer_with_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's EXCEPTION_HANDLER; None leaves a bug to Django's handler500."""
    match error:
        case Http404():
            error = exceptions.NotFound(str(error) or None)
        case PermissionDenied():
            error = exceptions.PermissionDenied(str(error) or None)
        case TransitionRefused():
            error = Refused(error)
        case NoSlot():
            error = Busy(error)
        case DatabaseError() if took_too_long(error):
            error = TookTooLong(context["request"].method)
        case exceptions.NotAcceptable(available_renderers=renderers) if renderers:
            error = exceptions.NotAcceptable(_offered(renderers))
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return response
    # Whatever the view speaks when it is well: HTML for the docs, YAML for the schema.
    # Both are also wanted where the caller takes nothing of all that, and none was chosen.
    request = context["request"]
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
    response.data = _problem_of(error)
    response.data["detail"] = for_reader(response.data["detail"], context["request"])
    response.content_type = CONTENT_TYPE
    return response


def _offered(renderers: Any) -> str:
    types = " or ".join(dict.fromkeys(each.media_type for each in renderers))
    return f"This address answers with {types}: accept that, or */*. Errors are {CONTENT_TYPE}."


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's handler500; the server log has the cause."""
    if is_away(error := sys.exc_info()[1]):
        return database_away(request, error)
    if not request.path_info.startswith("/api"):
        return defaults.server_error(request)
    return problem_response(
        500, "Something went wrong on the server. The server log has the cause.", "error"
    )


def database_away(request: HttpRequest, error: BaseException | None) -> HttpResponseBase:
    """Ask to come back: nothing is wrong with the request, nor with BQS."""
    log.error("%s %s: the database is away: %s", request.method, request.path, error)
    if request.path_info.startswith("/api"):
        answer: HttpResponse = problem_response(503, DATABASE_AWAY, "database_away")
    else:
        answer = HttpResponse(render_to_string("database_away.html"), status=503)
    answer.headers["Retry-After"] = str(RETRY_S)
    return answer


@extend_schema(exclude=True)
class NoSuchEndpoint(APIView):
    """Answers under /api/ where nothing else does, to everybody: there is nothing to guard."""

    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise exceptions.NotFound("The API has no such address; /api/docs lists them all.")


def _problem_of(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        errors = list(_by_field(error.detail))
        names = ", ".join(dict.fromkeys(each["field"] for each in errors))
        detail = f"Some values cannot be used: {names}."
        return problem(error.status_code, detail, "invalid") | {"errors": errors}
    body = problem(error.status_code, str(error.detail), str(error.get_codes()))
    return body | getattr(error, "members", {})


def _by_field(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Flat, with the way to each value: `conditions.0.due_on`."""
    match detail:
        case dict():
            for name, inner in detail.items():
                # What is wrong with several fields together belongs to what holds them.
                here = path if name == "non_field_errors" else f"{path}.{name}".lstrip(".")
                yield from _by_field(inner, here)
        case list():
            for number, inner in enumerate(detail):
                is_nested = isinstance(inner, dict | list)
                yield from _by_field(inner, f"{path}.{number}".lstrip(".") if is_nested else path)
        case _:
            code = getattr(detail, "code", None) or "invalid"
            yield {"field": path or "request", "code": code, "detail": str(detail)}


def problem_response(status: int, detail: str, code: str) -> JsonResponse:
    """Return a problem where no view answers."""
    body = problem(status, detail, code)
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def problem(status: int, detail: str, code: str) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code}
