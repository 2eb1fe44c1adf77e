"""Answer load balancers and monitors at /health/live and /health/ready."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin

from bqs.health.checks import found_problems


class HealthMiddleware(MiddlewareMixin):
    """Answer before anything asks for a host, https, a session or the database.

    Whoever looks after a server calls it by its address, which ALLOWED_HOSTS need not name.
    """

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        answer = ANSWERS.get(request.path_info.removesuffix("/"))
        if answer is None:
            return None
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = answer(request)
        add_never_cache_headers(response)
        response.headers["Content-Length"] = str(len(response.content))
        return response


def live(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, whatever else is wrong."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Answer 503 where no page works; with `?strict`, for monitors, at any problem."""
    problems = found_problems()
    is_down = any(each.is_grave for each in problems)
    words = {
        "status": "unavailable" if is_down else "degraded" if problems else "ok",
        "problems": [{"cause": each.cause, "sentence": each.sentence} for each in problems],
    }
    refuses = is_down or (bool(problems) and "strict" in request.GET)
    return JsonResponse(words, status=503 if refuses else 200)


ANSWERS = {"/health/live": live, "/health/ready": ready}
