import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from opportunities.domain.clocks import ClockState, WorkCalendar, state_of

# 2026-11-23 is a Monday.
WEEK = {"mon": 23, "tue": 24, "wed": 25, "thu": 26, "fri": 27, "sat": 28, "sun": 29}
NEXT_WEEK = {f"next {day}": number + 7 for day, number in WEEK.items()}
PLAIN = WorkCalendar(UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def at(words: str) -> datetime:
    """ "fri 15" or "next tue 0": a day and an hour."""
    *day, hour = words.split()
    number = (WEEK | NEXT_WEEK)[" ".join(day)]
    return datetime(2026, 11, 1, int(hour), tzinfo=UTC) + timedelta(days=number - 1)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("mon 9", 1, "tue 9"),
        ("mon 9", 0, "mon 9"),
        ("thu 15", 2, "next mon 15"),
        ("fri 15", 1, "next mon 15"),
        ("fri 0", 1, "sat 0"),
        ("fri 15", 5, "next fri 15"),
        ("sat 10", 1, "next tue 0"),
        ("sun 23", 1, "next tue 0"),
        ("mon 0", 1, "tue 0"),
        ("mon 9", 0.5, "mon 21"),
    ],
)
def test_only_working_days_count(start, days, due):
    assert PLAIN.after(at(start), timedelta(days=days)) == at(due)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("mon 9", "thu 9", 3),
        ("fri 12", "next mon 12", 1),
        ("sat 1", "sun 23", 0),
        ("thu 9", "mon 9", 0),
        ("wed 0", "wed 6", 0.25),
        ("mon 9", "next mon 9", 5),
    ],
)
def test_the_working_time_of_a_span(start, end, days):
    assert PLAIN.between(at(start), at(end)) == timedelta(days=days)


def test_holidays_do_not_count():
    calendar = WorkCalendar(UTC, frozenset({date(2026, 11, 25)}))
    assert calendar.after(at("tue 9"), timedelta(days=1)) == at("thu 9")
    assert calendar.between(at("tue 9"), at("thu 9")) == timedelta(days=1)


def test_days_are_those_of_the_calendars_zone():
    tokyo = WorkCalendar(ZoneInfo("Asia/Tokyo"))
    # In Tokyo it is Saturday already, so that the day is Monday there.
    assert tokyo.after(at("fri 20"), timedelta(days=1)) == at("next mon 15")


def test_a_day_with_a_change_of_the_clock_is_a_day():
    berlin = WorkCalendar(ZoneInfo("Europe/Berlin"))
    friday = datetime(2026, 10, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    monday = berlin.after(friday, timedelta(days=1))
    assert (monday.date(), monday.hour) == (date(2026, 10, 26), 9)


@pytest.mark.parametrize(
    ("due", "soon", "state"),
    [
        (None, None, ClockState.NONE),
        ("wed 9", "tue 9", ClockState.OK),
        ("wed 9", "mon 9", ClockState.DUE_SOON),
        ("mon 9", "mon 8", ClockState.DUE_SOON),
        ("mon 8", "mon 7", ClockState.OVERDUE),
    ],
)
def test_the_state_of_a_clock(due, soon, state):
    assert state_of(due and at(due), soon and at(soon), at("mon 9")) == state


@pytest.mark.parametrize(
    ("end", "days", "start"),
    [
        ("tue 9", 1, "mon 9"),
        ("next mon 15", 2, "thu 15"),
        ("next mon 0", 1, "fri 0"),
        ("sun 12", 1, "fri 0"),
        ("sat 0", 1, "fri 0"),
        ("wed 9", 0.5, "tue 21"),
    ],
)
def test_the_last_moment_from_which_so_much_working_time_passes(end, days, start):
    assert PLAIN.before(at(end), timedelta(days=days)) == at(start)
    assert PLAIN.between(at(start), at(end)) == timedelta(days=days)
    assert PLAIN.between(at(start) + timedelta(minutes=1), at(end)) < timedelta(days=days)


def walked(calendar, start, end):
    """Add up day by day what the clocks of the zone show."""
    here, until = (each.astimezone(BERLIN).replace(tzinfo=None) for each in (start, end))
    passed = timedelta(0)
    while here < until:
        midnight = datetime.combine(here.date() + timedelta(days=1), datetime.min.time())
        if calendar.is_working(here.date()):
            passed += min(midnight, until) - here
        here = midnight
    return passed


def test_one_calendar_counts_many_spans_as_a_walk_through_their_days():
    calendar = WorkCalendar(
        BERLIN, frozenset({date(2026, 4, 3), date(2026, 10, 3), date(2026, 12, 25)})
    )
    rng = random.Random(18)
    for _ in range(300):
        start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(
            microseconds=rng.randrange(34 * 10**12)
        )
        end = start + timedelta(microseconds=rng.randrange(10**12))
        assert calendar.between(start, end) == walked(calendar, start, end)
        assert calendar.between(end, start) == timedelta(0)
