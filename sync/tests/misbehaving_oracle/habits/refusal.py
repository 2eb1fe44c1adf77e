"""Refuse what a tenant does not offer."""

from sync.simulator.errors import html_error, json_error
from sync.simulator.messages import Reply


def refusal(
    status: int, detail: str = "This is not supported here.", *, after_ms: float = 0
) -> Reply:
    """Return HTML where the server is to blame, JSON where the reader is."""
    reply = html_error(status) if status >= 500 else json_error(status, detail)
    reply.wait_s = after_ms / 1000
    return reply
