"""What happens to every request before its view, and to every answer after it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from bqs.problems import CONTENT_TYPE, problem

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Both build their pages with inline scripts and styles; the admin's theme also evaluates
# expressions in its attributes. All of that still has to come from this site.
INLINE = ["'self'", "'unsafe-inline'"]
LOOSER = {
    "/admin": {"script-src": [*INLINE, "'unsafe-eval'"], "style-src": INLINE},
    "/api/docs": {"script-src": INLINE, "style-src": INLINE},
}


class ApiTrailingSlashMiddleware:
    """Serve /api/x/ as /api/x, so that each address is routed and described once.

    A redirect would not do: browsers and clients drop the body of a redirected POST.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/api/"):
            # One only: a CRM number may itself end in a slash.
            request.path_info = request.path_info.removesuffix("/")
        return self.get_response(request)


class ApiBodyLimitMiddleware:
    """Refuse a body that is too long before a byte of it is read.

    REST framework reads JSON past Django's own limit. A body without a length is not read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_too_long = not length.isdigit() or int(length) > settings.API_MAX_BODY_BYTES
        if request.path_info.startswith("/api") and is_too_long:
            sentence = f"A body has {settings.API_MAX_BODY_BYTES} bytes at most."
            body = problem(413, sentence, "body_too_large")
            return JsonResponse(body, status=413, content_type=CONTENT_TYPE)
        return self.get_response(request)


class ApiCachingMiddleware:
    """Answers of the API are one person's, and asked for again each time (by their ETag)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith("/api"):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class LooserCspMiddleware:
    """Let the pages that need it run their own inline scripts; django-csp adds it to the rest."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for prefix, directives in LOOSER.items():
            if request.path_info.startswith(prefix):
                response._csp_update = directives  # type: ignore[attr-defined]
        return response
