"""Make up rows, the same each time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from sync.simulator.attributes import LAST_UPDATE
from sync.simulator.instants import oracle_instant
from sync.simulator.opportunity import new_opportunity
from sync.simulator.shape import Item

FIRST_ID = 300_000_000_000_001
NEWEST_DAY = datetime(2026, 11, 1, tzinfo=UTC)
BULK_JOBS = 40
STAMPED_BY_A_JOB = 0.06


def made_up(count: int) -> Iterator[Item]:
    """Yield rows. A greater count begins with the same rows."""
    rng = Random(1)  # noqa: S311 - rows to read, not secrets
    jobs = [
        oracle_instant(NEWEST_DAY - timedelta(hours=1 + rng.random() * 2000))
        for _ in range(BULK_JOBS)
    ]
    opty_id = FIRST_ID
    for _ in range(count):
        item = new_opportunity(rng, opty_id, NEWEST_DAY)
        if rng.random() < STAMPED_BY_A_JOB:
            job = jobs[int(rng.random() * BULK_JOBS)]
            item[LAST_UPDATE] = max(job, item["CreationDate"])
        yield item
        # Dense runs with wide holes, as a sequence shared with other tables leaves them.
        is_hole = rng.random() < 0.01
        opty_id += 1 + int(rng.random() ** 4 * 2e11 if is_hole else rng.random() ** 3 * 400)
