"""Read and write points in time as Oracle does, and keep the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass
class Clock:
    fixed: datetime | None = None
    """Where a test has stopped it; None: the real time."""

    def now(self) -> datetime:
        return self.fixed or datetime.now(UTC)


def oracle_instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def parse_instant(text: str) -> datetime:
    """Read `2026-01-31T10:00:00Z`, with any offset and fraction; ValueError without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment


def microseconds(text: str) -> int | None:
    """Return microseconds since 1970, which compare cheaply; None where it is no instant."""
    try:
        return round(parse_instant(text).timestamp() * 1_000_000)
    except (ValueError, OverflowError):
        return None


def iso_date(text: str) -> str | None:
    """Return the day of a date or an instant, as text that sorts; None where it is neither."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None
