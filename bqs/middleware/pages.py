"""Headers of every answer, and what the API refuses by a request's headers alone."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.deprecation import MiddlewareMixin
from rest_framework.permissions import SAFE_METHODS

from bqs.api.problems import CONTENT_TYPE, problem_response

NO_PERMISSIONS = ", ".join(
    f"{each}=()"
    for each in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
        *("hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    )
)
# Both build their pages with inline scripts and styles, which still come from this site. What the
# admin's theme writes into attributes is parsed, not run: see static/bqs/alpine.js.
WITH_INLINE_CODE = ("/admin", "/api/docs")
UPLOADS = re.compile(r"/api/opportunities/[0-9]+/attachments/?", re.ASCII)
INLINE = ["'self'", "'unsafe-inline'"]


class PageHeadersMiddleware(MiddlewareMixin):
    """Keep pages from using the computer's devices, and loosen the CSP of two pages.

    django-csp, which comes after this, adds `_csp_update` to the site's own policy.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers["Permissions-Policy"] = NO_PERMISSIONS
        if request.path_info.startswith(WITH_INLINE_CODE):
            response._csp_update = {"script-src": INLINE, "style-src": INLINE}  # type: ignore[attr-defined]
        return response


class ApiRequestMiddleware(MiddlewareMixin):
    """Refuse requests that the API cannot read, and let nobody share its answers.

    It also serves /api/x/ as /api/x, so that each address is routed and described once: browsers
    and clients drop the body of a redirected POST.
    """

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        if not request.path_info.startswith("/api"):
            return None
        refused = _unsupported_precondition(request) or _unreadable_body(request)
        # One only: a CRM number may itself end in a slash.
        request.path_info = request.path_info.removesuffix("/")
        return refused

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path_info.startswith("/api"):
            # An answer is one person's, and asked for again each time, by its ETag.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def _unsupported_precondition(request: HttpRequest) -> HttpResponseBase | None:
    """Refuse conditions that would be ignored: a client that sends one relies on it.

    No ETag would do for If-Match: a compressed answer has a weak one, which matches nothing.
    """
    names = ["If-Match", "If-Unmodified-Since"]
    if request.method not in SAFE_METHODS:
        names.append("If-None-Match")
    for name in names:
        if name in request.headers:
            sentence = f"{name} is not supported: send the lock_version that you read in the body."
            return problem_response(400, sentence, "precondition_not_supported")
    return None


def _unreadable_body(request: HttpRequest) -> HttpResponseBase | None:
    """Refuse a body that is too long or does not say how long it is, before a byte is read.

    REST framework reads JSON past Django's own limit, and Django takes a chunked body for none.
    """
    if "Transfer-Encoding" in request.headers:
        sentence = "Send the body with a Content-Length: chunked bodies are not read."
        refused = problem_response(411, sentence, "length_required")
        # Streamed, it has no length, and so the development server closes the connection. On that
        # it would read the body as the next request.
        return StreamingHttpResponse([refused.content], status=411, content_type=CONTENT_TYPE)
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = _most_bytes(request)
    if length.isascii() and length.isdigit() and int(length) <= most:
        return None
    sentence = f"Send a shorter body: at most {most} bytes."
    return problem_response(413, sentence, "body_too_large")


def _most_bytes(request: HttpRequest) -> int:
    is_upload = request.method == "POST" and UPLOADS.fullmatch(request.path_info)
    return settings.UPLOAD_MAX_BYTES if is_upload else settings.API_MAX_BODY_BYTES
