from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sync.simulator import exact_json
from sync.simulator.attributes import KNOWN
from sync.simulator.drift import tick
from sync.simulator.rows import made_up
from sync.simulator.store import MANY, Store

NOW = datetime(2026, 11, 2, tzinfo=UTC)
NEVER_NULL = {"OptyId", "OptyNumber", "Name", "CreationDate", "LastUpdateDate"}


def rows(count: int = 3000) -> list[dict[str, Any]]:
    return list(made_up(count))


def test_rows_are_the_same_each_time_however_many() -> None:
    assert rows(50) == rows(80)[:50]


def test_rows_have_every_known_attribute_and_ids_of_15_digits_in_order() -> None:
    ids = [row["OptyId"] for row in rows()]
    assert all(row.keys() == KNOWN.keys() for row in rows())
    assert ids == sorted(set(ids))
    assert {len(str(each)) for each in ids} == {15}


def test_numbers_are_unique_and_some_are_words() -> None:
    numbers = [row["OptyNumber"] for row in rows()]
    assert len(set(numbers)) == len(numbers)
    assert 0 < sum(not number.isdecimal() for number in numbers) < 150


def test_only_what_can_be_null_sometimes_is() -> None:
    nulls = {name for row in rows() for name, value in row.items() if value is None}
    assert nulls == KNOWN.keys() - NEVER_NULL


def test_status_stage_and_probability_go_together() -> None:
    stages: dict[str, set[tuple[str, int]]] = {}
    for row in rows():
        if None not in (row["StatusCode"], row["SalesStage"], row["WinProb"]):
            stages.setdefault(row["StatusCode"], set()).add((row["SalesStage"], row["WinProb"]))
    assert stages["WON"] == {("07 - Closed", 100)}
    assert stages["LOST"] == stages["NO_SALE"] == {("08 - Lost", 0)}
    assert len(stages["OPEN"]) == len(stages["ON_HOLD"]) == 6


def test_dates_are_plausible_and_bulk_jobs_leave_ties() -> None:
    dates = [(row["CreationDate"], row["LastUpdateDate"]) for row in rows()]
    assert all(created <= updated <= "2026-11-01T00:00:00+00:00" for created, updated in dates)
    assert max(Counter(updated for _, updated in dates).values()) > 1


def test_names_are_of_many_scripts() -> None:
    letters = {letter for row in rows() for letter in row["Name"]}
    assert letters >= set("ü東한Ø🚀–")


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "count"),
    [("maven-crm-sales", 8800), ("uk-digital-marketplace-2018-07-27", 2118)],
)
def test_the_real_opportunities_can_be_served(name: str, count: int) -> None:
    file = Path(__file__).resolve().parents[4] / "shared" / "data" / f"{name}.ndjson"
    if not file.exists():
        pytest.skip("../shared/data is not here: it is no part of the project")
    assert len(Store(map(exact_json.decode, file.read_bytes().splitlines()))) == count


def test_a_tick_changes_adds_closes_and_reopens() -> None:
    store = Store(rows(200))
    before = {row.id: row.item for row in store.all()}
    tick(store, 1, NOW)
    changed = [row.item for row in store.all() if row.item != before.get(row.id)]
    statuses = {
        (before.get(row["OptyId"], {}).get("StatusCode"), row["StatusCode"]) for row in changed
    }
    assert len(store) == 201
    assert {row["LastUpdateDate"] for row in changed} == {"2026-11-02T00:00:00+00:00"}
    assert any(old == "OPEN" and new in ("WON", "LOST", "NO_SALE") for old, new in statuses)
    assert any(old in ("WON", "LOST", "NO_SALE") and new == "OPEN" for old, new in statuses)


def test_now_and_then_a_tick_removes_a_row() -> None:
    store = Store(rows(200))
    ids = {row.id for row in store.all()}
    for number in range(1, 11):
        tick(store, number, NOW)
    assert len(ids - {row.id for row in store.all()}) == 2


def test_the_same_ticks_give_the_same_rows() -> None:
    one, other = Store(rows(100)), Store(rows(100))
    for number in range(1, 8):
        tick(one, number, NOW)
        tick(other, number, NOW)
    assert [row.item for row in one.all()] == [row.item for row in other.all()]


def test_a_tick_of_an_empty_store_adds_a_row() -> None:
    store = Store()
    tick(store, 5, NOW)
    assert len(store) <= 1


def test_many_changes_at_once_are_as_those_one_by_one() -> None:
    one_by_one, at_once, changes = Store(rows(20)), Store(rows(20)), rows(30)[10:]
    changes += [{**each, "LastUpdateDate": "2026-12-01T09:00:00+00:00"} for each in changes[::2]]
    one_by_one.merge(changes)
    at_once.merge(changes * (MANY // len(changes) + 1))
    assert [row.item for row in at_once.all()] == [row.item for row in one_by_one.all()]
    found = ([row.id for row in store.changed_since(0)] for store in (one_by_one, at_once))
    assert next(found) == next(found)
