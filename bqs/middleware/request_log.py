"""Write a line for each request, and time it for Prometheus: no ids, no query, no body."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from bqs.metrics.folder import metrics_are_on
from bqs.metrics.requests import observe, route_of

log = logging.getLogger("bqs.requests")


class RequestLogMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        answer = self.get_response(request)
        seconds = time.perf_counter() - started
        if metrics_are_on():
            observe(request, answer, seconds)
        told = {
            "method": request.method,
            "route": route_of(request),
            "status": answer.status_code,
            "duration_ms": round(seconds * 1000, 1),
        }
        log.info("%(method)s %(route)s: %(status)s in %(duration_ms)s ms", told, extra=told)
        return answer
