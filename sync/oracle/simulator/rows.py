"""Rows to begin with: made up, the same for the same seed, or read from a file."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sync.oracle.simulator import exact_json
from sync.oracle.simulator.attributes import LAST_UPDATE
from sync.oracle.simulator.instants import oracle_instant
from sync.oracle.simulator.opportunity import new_opportunity
from sync.oracle.simulator.shape import Item
from sync.oracle.simulator.store import BadRow, Row

FIRST_ID = 300_000_000_000_001
BULK_JOBS = 40
STAMPED_BY_A_JOB = 0.06


class BadDataFile(ValueError):
    """A file of rows that cannot be read; says which line."""


def made_up(count: int, *, seed: int, base: datetime) -> Iterator[Item]:
    """More rows begin with the same rows."""
    rng = Random(seed)  # noqa: S311 - rows to read, not secrets
    jobs = [
        oracle_instant(base - timedelta(hours=1 + rng.random() * 2000)) for _ in range(BULK_JOBS)
    ]
    opty_id = FIRST_ID
    for _ in range(count):
        item = new_opportunity(rng, opty_id, base)
        if rng.random() < STAMPED_BY_A_JOB:
            job = jobs[int(rng.random() * BULK_JOBS)]
            item[LAST_UPDATE] = max(job, item["CreationDate"])
        yield item
        opty_id += _gap(rng)


def _gap(rng: Random) -> int:
    """Ids come in dense runs with wide holes, as a sequence shared with other tables gives."""
    if rng.random() < 0.01:
        return 1 + int(rng.random() ** 4 * 200_000_000_000)
    return 1 + int(rng.random() ** 3 * 400)


def read_file(path: Path) -> list[Item]:
    """One JSON object a line.

    Raises: BadDataFile, OSError.
    """
    with path.open("rb") as lines:
        return rows_of_lines(lines, str(path))


def rows_of_lines(lines: Iterable[bytes], source: str) -> list[Item]:
    numbered = enumerate(lines, start=1)
    return [_item(line, f"Line {n} of {source}") for n, line in numbered if line.strip()]


def _item(line: bytes, place: str) -> Any:
    try:
        return Row(exact_json.decode(line)).item
    except BadRow as error:
        raise BadDataFile(f"{place}: {error}.") from None
    except ValueError as error:
        raise BadDataFile(f"{place} is not JSON: {error}.") from None
