"""Who has failed to log in too often, and what they are told; django-axes counts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

SENTENCE = "Too many failed log-ins for this name from this address. Try again in {} minutes."


def client_address(request: HttpRequest) -> str:
    """The last hop the own proxy saw; a header of the caller's own making counts for nothing."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if forwarded:
            return str(forwarded)
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: object = None
) -> HttpResponse:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    sentence = SENTENCE.format(minutes)
    headers = {"Retry-After": str(minutes * 60)}
    if not request.path_info.startswith("/api"):
        return HttpResponse(sentence, status=429, content_type="text/plain", headers=headers)
    problem = {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "detail": sentence,
        "code": "locked_out",
    }
    kind = "application/problem+json"
    return JsonResponse(problem, status=429, content_type=kind, headers=headers)
