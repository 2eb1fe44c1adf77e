"""Compute up to when the mirror is complete after a run. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SAFE_DISTANCE = timedelta(minutes=10)
"""How far a watermark stays behind Oracle's clock where it follows that: for clocks of nodes that
differ by seconds, and transactions that commit minutes after their stamp."""


@dataclass(frozen=True)
class Began:
    """Hold when a run began, by two clocks that may differ."""

    by_oracle: datetime | None
    """None where Oracle's answers bear no usable date."""
    by_us: datetime

    @property
    def earlier(self) -> datetime:
        """Return the earlier of the two: a clock that is ahead would hide changes."""
        return min(self.by_oracle or self.by_us, self.by_us)


def next_watermark(
    former: datetime | None, newest_seen: datetime | None, began: Began, overlap: timedelta
) -> datetime | None:
    """Return the earlier of the newest change seen and the run's start.

    A record read early and changed before the run's end is stamped after its start, one with a
    date in the future would hide all until then: both are why the start is the limit, on
    Oracle's clock. Where that is unknown ours stands in, and the overlap for what it may be
    ahead. It never moves back behind `former`.

    Where Oracle shows what it showed before, and nothing newer, it follows Oracle's clock at a safe
    distance: else a mass update would be read again and again until something newer comes.
    Nothing shown at all proves nothing: Oracle may show us less than there is. Decision 64.
    """
    if newest_seen is None:
        return former
    if not began.by_oracle:
        reached = min(newest_seen, began.by_us) - overlap
    elif former and newest_seen <= former:
        reached = began.earlier - SAFE_DISTANCE
    else:
        reached = min(newest_seen, began.by_oracle)
    return max(former, reached) if former else reached
