"""Send errors to a Sentry, if SENTRY_DSN names one: where in the code, never what was in it.

People, requests, and what Oracle told stay here; the log has them, by request or run id.
"""

from typing import Any

from django.core.exceptions import DisallowedHost

from bqs.logs import context

# A list of what may leave, as nobody knows what the library will add.
SENT = (
    *("event_id", "timestamp", "level", "platform", "release", "environment", "logger"),
    *("transaction", "server_name", "sdk", "modules"),
)
OF_A_FRAME = ("filename", "module", "function", "lineno", "abs_path", "in_app", "context_line")
OF_AN_ERROR = ("type", "module", "mechanism")


def begin(dsn: str, version: str, environment: str) -> None:
    # A site without Sentry does not wait for the library.
    import sentry_sdk
    from sentry_sdk.integrations.atexit import AtexitIntegration
    from sentry_sdk.integrations.django import DjangoIntegration
    from sentry_sdk.integrations.excepthook import ExcepthookIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration

    sentry_sdk.init(
        dsn=dsn,
        release=version,
        environment=environment,
        # Anybody on the internet can cause these.
        ignore_errors=[DisallowedHost],
        # No others: one would add headers to the requests to Oracle.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            *(AtexitIntegration(), DjangoIntegration(), ExcepthookIntegration()),
            LoggingIntegration(),
        ],
        before_send=lambda event, hint: scrubbed(event),
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
    )


def scrubbed(event: Any) -> Any:
    """Return an event with what may leave, and the ids to find the rest in the log by."""
    sent = {name: event[name] for name in SENT if name in event}
    # The sentence before its values are filled in.
    if template := (event.get("logentry") or {}).get("message"):
        sent["logentry"] = {"message": template}
    errors = (event.get("exception") or {}).get("values") or ()
    sent["exception"] = {"values": [_error(each) for each in errors]}
    sent["tags"] = {name: str(value) for name, value in context().items() if name != "user_id"}
    return sent


def _error(error: Any) -> dict[str, Any]:
    """Return an error without its message, which may quote a value."""
    frames = (error.get("stacktrace") or {}).get("frames") or ()
    kept = [{name: frame[name] for name in OF_A_FRAME if name in frame} for frame in frames]
    return {name: error[name] for name in OF_AN_ERROR if name in error} | {
        "stacktrace": {"frames": kept}
    }
