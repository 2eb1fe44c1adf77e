"""Time the answers of the site, by route and status class: never by an id or a query."""

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Histogram

SECONDS = Histogram(
    "bqs_http_request_seconds",
    "Time until an answer begins.",
    ("route", "method", "status"),
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60),
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
UNKNOWN = "other"


def route_of(request: HttpRequest) -> str:
    """Return the name of the address, of which there are as many as the site has."""
    match = request.resolver_match
    return match.view_name if match else UNKNOWN


def observe(request: HttpRequest, answer: HttpResponseBase, seconds: float) -> None:
    method = request.method if request.method in METHODS else UNKNOWN
    status = f"{answer.status_code // 100}xx"
    SECONDS.labels(route_of(request), method, status).observe(seconds)
