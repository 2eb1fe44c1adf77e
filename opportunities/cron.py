"""What the schedule runs every few minutes. Each notice keeps what became of it."""

import logging

from opportunities.sending import send_waiting

log = logging.getLogger(__name__)


def send_notices() -> None:
    """django-crontab swallows every error and exits 0, so it is told here."""
    try:
        send_waiting()
    except Exception:
        log.exception("Notices could not be sent")
