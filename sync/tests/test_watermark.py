from datetime import UTC, datetime, timedelta

import pytest

from sync.watermark import next_watermark

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("former", "newest_seen", "oracle_began_at", "reached"),
    [
        (None, NOON, NOON + HOUR, NOON),
        (None, NOON + HOUR, NOON, NOON),
        (NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + HOUR),
        (NOON, NOON + 2 * HOUR, NOON + HOUR, NOON + HOUR),
    ],
)
def test_it_is_the_newest_change_but_never_later_than_the_start_on_oracles_clock(
    former: datetime | None, newest_seen: datetime, oracle_began_at: datetime, reached: datetime
) -> None:
    assert next_watermark(former, newest_seen, oracle_began_at) == reached


def test_a_quiet_run_leaves_it_where_it_was() -> None:
    assert next_watermark(NOON, None, NOON + HOUR) == NOON


def test_without_oracles_clock_it_stays() -> None:
    assert next_watermark(NOON, NOON + HOUR, None) == NOON


def test_a_first_run_without_a_record_has_none() -> None:
    assert next_watermark(None, None, NOON) is None


def test_it_never_moves_back() -> None:
    assert next_watermark(NOON, NOON - HOUR, NOON + HOUR) == NOON
