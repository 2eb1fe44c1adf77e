from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from sync.safety.watermark import Began, next_watermark

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OVERLAP = timedelta(minutes=10)
# What our own clock says must not matter where Oracle has one.
ELSEWHERE = datetime(2030, 1, 1, tzinfo=UTC)


def reached(
    former: datetime | None, newest_seen: datetime | None, by_oracle: datetime
) -> datetime | None:
    return next_watermark(former, newest_seen, Began(by_oracle, ELSEWHERE), OVERLAP)


def reached_without_oracles_clock(
    former: datetime | None, newest_seen: datetime | None, by_us: datetime
) -> datetime | None:
    return next_watermark(former, newest_seen, Began(None, by_us), OVERLAP)


@pytest.mark.parametrize(
    ("former", "newest_seen", "began", "expected"),
    [
        (None, NOON, NOON + HOUR, NOON),
        (None, NOON + HOUR, NOON, NOON),
        (NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + HOUR),
        (NOON, NOON + 2 * HOUR, NOON + HOUR, NOON + HOUR),
    ],
)
def test_it_is_the_newest_change_but_never_later_than_the_start_on_oracles_clock(
    former: datetime | None, newest_seen: datetime, began: datetime, expected: datetime
) -> None:
    assert reached(former, newest_seen, began) == expected


@pytest.mark.parametrize(
    ("former", "newest_seen", "began", "expected"),
    [
        (None, NOON, NOON + HOUR, NOON - OVERLAP),
        (NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + HOUR - OVERLAP),
        # A run of many hours, or a stamp from the future.
        (None, NOON + 9 * HOUR, NOON, NOON - OVERLAP),
        (NOON, ELSEWHERE, NOON + HOUR, NOON + HOUR - OVERLAP),
    ],
)
def test_without_oracles_clock_it_is_the_newest_change_less_the_overlap_by_our_clock_at_most(
    former: datetime | None, newest_seen: datetime, began: datetime, expected: datetime
) -> None:
    assert reached_without_oracles_clock(former, newest_seen, began) == expected


@pytest.mark.parametrize("reached", [reached, reached_without_oracles_clock])
def test_a_quiet_run_leaves_it_where_it_was(reached: Callable[..., datetime | None]) -> None:
    assert reached(NOON, None, NOON + HOUR) == NOON


@pytest.mark.parametrize("reached", [reached, reached_without_oracles_clock])
def test_a_first_run_without_a_record_has_none(reached: Callable[..., datetime | None]) -> None:
    assert reached(None, None, NOON) is None


@pytest.mark.parametrize("reached", [reached, reached_without_oracles_clock])
def test_it_never_moves_back(reached: Callable[..., datetime | None]) -> None:
    assert reached(NOON, NOON - HOUR, NOON + HOUR) == NOON
