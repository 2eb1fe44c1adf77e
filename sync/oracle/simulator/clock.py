"""The simulator's clock: the real one, or standing still where a test has put it."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass
class Clock:
    fixed: datetime | None = None

    def now(self) -> datetime:
        return self.fixed or datetime.now(UTC)
