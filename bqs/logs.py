"""Write log lines as JSON, each with the request, the person and the run that it is about."""

import logging
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from pythonjsonlogger.json import JsonFormatter

from audit.current_request import current_request
from sync import current_run

# Nothing else that a library attaches to a record: it may hold a request with its query.
FACTS = ("method", "route", "status", "duration_ms", "sync_type", "trigger", "counts")


class JsonLine(JsonFormatter):
    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        at = datetime.fromtimestamp(record.created, UTC)
        log_data |= {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        log_data |= context() | {each: vars(record)[each] for each in FACTS if each in vars(record)}
        if trace := message_dict.get("exc_info"):
            log_data["exception"] = trace


def context() -> dict[str, Any]:
    """Return the ids that a line is found by, as far as there are any."""
    request = current_request()
    ids = {
        "request_id": getattr(request, "request_id", None),
        "user_id": _user_id(request) if request else None,
        "run_id": current_run.run_id(),
    }
    return {name: value for name, value in ids.items() if value is not None}


def _user_id(request: HttpRequest) -> int | None:
    """Return the id of whoever is known by now: to ask the database for a log line is too much."""
    user = getattr(request, "_cached_user", None) or vars(request).get("user")
    return None if type(user) is SimpleLazyObject else getattr(user, "pk", None)
