from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from sync.safety.watermark import SAFE_DISTANCE, Began, next_watermark

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
    assert reached(NOON, NOON - HOUR, NOON + SAFE_DISTANCE) == NOON


# --- nothing newer is shown ---------------------------------------------------------------------


@pytest.mark.parametrize("newest_seen", [NOON, NOON - HOUR])
def test_where_nothing_newer_comes_it_follows_oracles_clock_at_a_safe_distance(
    newest_seen: datetime,
) -> None:
    assert reached(NOON, newest_seen, NOON + HOUR) == NOON + HOUR - SAFE_DISTANCE


def test_a_clock_that_is_ahead_does_not_lead_it_beyond_ours() -> None:
    began = Began(by_oracle=NOON + 9 * HOUR, by_us=NOON + HOUR)
    assert next_watermark(NOON, NOON, began, OVERLAP) == NOON + HOUR - SAFE_DISTANCE


def test_what_our_clock_alone_says_moves_nothing() -> None:
    assert next_watermark(NOON, NOON, Began(None, NOON + HOUR), OVERLAP) == NOON


@pytest.mark.parametrize("seed", range(20))
def test_what_is_committed_within_overlap_and_distance_is_read_by_some_run(seed: int) -> None:
    """Records are stamped at random and committed up to so much later, while runs follow."""
    rng = Random(seed)
    minutes = [timedelta(minutes=rng.uniform(0, 600)) for _ in range(60)]
    stamps = [NOON + each for each in minutes] + [NOON + minutes[0]] * 20
    committed = {n: at + rng.random() * OVERLAP for n, at in enumerate(stamps)}
    seen, watermark, now = {-1}, NOON, NOON
    while now < NOON + 11 * HOUR:
        now += timedelta(minutes=rng.expovariate(1 / 3))
        shown = [n for n, at in committed.items() if at <= now and stamps[n] >= watermark - OVERLAP]
        seen |= {*shown}
        newest = max((stamps[n] for n in shown), default=None)
        skew = timedelta(seconds=rng.uniform(-30, 30))
        watermark = next_watermark(watermark, newest, Began(now + skew, now), OVERLAP) or NOON
    assert seen == {-1, *committed}
