"""Read dates in HTTP headers, and from them when a reading began on the server's clock.

Source: RFC 9110, 5.6.7: IMF-fixdate, RFC 850 and asctime; all of them mean GMT.
"""

import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Lock

TIME = r"\d\d:\d\d:\d\d"
DATE = re.compile(
    rf"\d{{1,2}}[ -][A-Za-z]{{3}}[ -]\d{{2,4}} {TIME}(?: GMT| [+-]\d{{4}})?"
    rf"|[A-Za-z]{{3}} [A-Za-z]{{3}} [ \d]\d {TIME} \d{{4}}"
)
# No Oracle Fusion is older: an earlier date comes from a clock that nobody has set.
FIRST_YEAR = 2000


def moment_in(header: str | None) -> datetime | None:
    """Return the earliest date that a header names, or None where it names none."""
    moments = map(_moment, DATE.findall(header or ""))
    return min(filter(None, moments), default=None)


def _moment(words: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(words)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


class ServerClock:
    """Keep the start of a reading; all its connections share one."""

    def __init__(self) -> None:
        self.began_at: datetime | None = None
        """When the first answer came; None where no Date header was a usable date."""
        self._first_answer_s: float | None = None
        self._lock = Lock()

    def note(self, date_header: str | None) -> None:
        """Note an answer. The first one may lack a date that a later one, of another node, has."""
        with self._lock:
            now_s = time.monotonic()
            if self._first_answer_s is None:
                self._first_answer_s = now_s
            moment = moment_in(date_header)
            if self.began_at is None and moment and moment.year >= FIRST_YEAR:
                self.began_at = moment - timedelta(seconds=now_s - self._first_answer_s)
