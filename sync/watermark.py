"""Up to when the mirror is complete after a run. Pure."""

from datetime import datetime


def next_watermark(
    former: datetime | None, newest_seen: datetime | None, oracle_began_at: datetime | None
) -> datetime | None:
    """Return the earlier of the newest change seen and the run's start on Oracle's clock.

    Never our own clock, which may differ. A record read early and changed before the run's
    end is stamped after its start, one with a date in the future would hide all until then:
    both are why the start is the limit. It never moves back behind `former`.
    """
    if newest_seen is None or oracle_began_at is None:
        return former
    reached = min(newest_seen, oracle_began_at)
    return max(former, reached) if former else reached
