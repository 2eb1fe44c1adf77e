"""What happens to every request before its view, and to every answer after it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from rest_framework.permissions import SAFE_METHODS

from bqs.problems import CONTENT_TYPE, problem_response

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
    """Refuse a body that is too long, or does not say how long it is, before a byte is read.

    REST framework reads JSON past Django's own limit. And Django takes a chunked body for none.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/api"):
            return self.get_response(request)
        if "Transfer-Encoding" in request.headers:
            return _without_length()
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()) or int(length) > settings.API_MAX_BODY_BYTES:
            sentence = f"A body has {settings.API_MAX_BODY_BYTES} bytes at most."
            return problem_response(413, sentence, "body_too_large")
        return self.get_response(request)


def _without_length() -> HttpResponseBase:
    sentence = "Send the body with a Content-Length: a chunked one is not read."
    refused = problem_response(411, sentence, "length_required")
    # Streamed, it has no length, and so the development server closes the connection. On that it
    # would read the body as the next request.
    return StreamingHttpResponse([refused.content], status=411, content_type=CONTENT_TYPE)


class ApiPreconditionMiddleware:
    """Refuse conditions that would be ignored: who sends one counts on it.

    No ETag would do for If-Match: a compressed answer has a weak one, which matches nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        names = ["If-Match", "If-Unmodified-Since"]
        if request.method not in SAFE_METHODS:
            names.append("If-None-Match")
        sent = [name for name in names if name in request.headers]
        if not sent or not request.path_info.startswith("/api"):
            return self.get_response(request)
        sentence = f"{sent[0]} is not supported: send the lock_version that you read in the body."
        return problem_response(400, sentence, "precondition_not_supported")


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
