"""When to try again, and how long to wait first. Pure but for the waiting itself."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

T = TypeVar("T")

TRANSIENT_STATUSES = frozenset({429, 500, 502, 503, 504})
LONGEST_BACKOFF_S = 60.0
LONGEST_RETRY_AFTER_S = 300.0


class Transient(Exception):
    """One attempt failed in a way that may pass; the text says how."""

    def __init__(self, what: str, retry_after_s: float | None = None) -> None:
        super().__init__(what)
        self.retry_after_s = retry_after_s


def with_retries(
    attempt: Callable[[], T],
    *,
    max_attempts: int,
    backoff_s: float,
    on_retry: Callable[[], None],
) -> T:
    """Return what `attempt` gives, trying again while it raises Transient.

    Raises: the last Transient.
    """
    for failed_attempts in range(1, max_attempts):
        try:
            return attempt()
        except Transient as failure:
            time.sleep(_pause_s(failure, failed_attempts, backoff_s))
            on_retry()
    return attempt()


def _pause_s(failure: Transient, failed_attempts: int, backoff_s: float) -> float:
    if failure.retry_after_s is not None:
        return min(failure.retry_after_s, LONGEST_RETRY_AFTER_S)
    longest: float = min(backoff_s * 2.0 ** (failed_attempts - 1), LONGEST_BACKOFF_S)
    # Jitter, so that several clients do not come back in step.
    return longest * random.uniform(0.5, 1)  # noqa: S311 - no secret depends on it


def retry_after_s(header: str | None) -> float | None:
    """Seconds of a Retry-After header: a number or a date; None when it says nothing usable."""
    if not header:
        return None
    if header.isascii() and header.strip().isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
