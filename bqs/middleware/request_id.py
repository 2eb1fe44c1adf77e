"""Give each request an id: for its answer, its log lines and its events."""

import logging
import re
import uuid
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

HEADER = "X-Request-ID"
# What a proxy or a client sends is taken over if it can neither break a log line nor fill one.
SOUND = re.compile(r"[A-Za-z0-9._-]{1,64}")
current: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware(MiddlewareMixin):
    def process_request(self, request: HttpRequest) -> None:
        sent = request.headers.get(HEADER, "")
        request_id = sent if SOUND.fullmatch(sent) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        # Not taken back afterwards: Django logs a refused request when it is through all this.
        current.set(request_id)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers[HEADER] = current.get()
        return response


class RequestIdFilter(logging.Filter):
    """Gives each log record the id of the request it was written in, or a dash."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current.get()
        return True
