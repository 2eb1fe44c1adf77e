"""Try again after failures that may pass. Pure but for the waiting itself."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from sync.oracle.errors import OracleError
from sync.oracle.transport.server_clock import moment_in

T = TypeVar("T")

PASSING_STATUSES = frozenset({408, 425, 429})
# Not implemented, and HTTP version not supported: both refuse for good.
LASTING_FAILURES = frozenset({501, 505})
LONGEST_BACKOFF_S = 60.0
LONGEST_RETRY_AFTER_S = 300.0


def may_pass(status: int) -> bool:
    """Return whether the next answer may succeed after this status."""
    is_server_failure = 500 <= status < 600 and status not in LASTING_FAILURES
    return status in PASSING_STATUSES or is_server_failure


@dataclass(frozen=True)
class Patience:
    """Limits of the effort that one question is worth."""

    max_attempts: int
    timeout_s: float
    """Seconds for the whole answer of one attempt."""


@dataclass(frozen=True)
class Peer:
    url: str
    setting: str
    """The setting that holds its address."""
    name: str
    """For sentences: "Oracle"."""

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


class Transient(Exception):
    """Report an attempt that failed in a way that may pass; the text says how."""

    def __init__(
        self,
        what: str,
        retry_after_s: float | None = None,
        error: OracleError | None = None,
        peer: Peer | None = None,
    ) -> None:
        """
        Args:
            error: what to raise if no attempt succeeds, unless that is "no answer".
            peer: who failed, where that is not the one asked, such as a proxy on the way.
        """
        super().__init__(what)
        self.retry_after_s, self.error, self.peer = retry_after_s, error, peer


def with_retries(
    attempt: Callable[[], T], *, max_attempts: int, backoff_s: float, on_retry: Callable[[], None]
) -> T:
    """Return what `attempt` gives, trying again while it raises Transient; raise the last."""
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
    """Return the seconds of a Retry-After header, a number or a date; None if unusable."""
    if header and header.isascii() and header.strip().isdigit():
        return float(header)
    moment = moment_in(header)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) if moment else None
