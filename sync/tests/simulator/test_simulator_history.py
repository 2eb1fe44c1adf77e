"""Faults in which rows change while a reader is between two pages."""

from itertools import pairwise

import pytest

from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

NOW = "2026-11-01T10:00:00+00:00"
READER = 50


@pytest.fixture
def oracle(oracle_process: OracleSimulator) -> OracleSimulator:
    oracle_process.reset()
    oracle_process.clock(NOW)
    oracle_process.serve([oracle_item(OptyId=n) for n in range(10, 110, 10)])
    return oracle_process


def read_a_page_and_another(oracle: OracleSimulator) -> None:
    assert [item["OptyId"] for item in oracle.items(limit=5)][-1] == READER
    oracle.ask(limit=5, q=f"OptyId > {READER}")


def truth(oracle: OracleSimulator) -> dict[int, str]:
    return {row["OptyId"]: row["LastUpdateDate"] for row in oracle.rows()}


@pytest.mark.parametrize("rows", [1, 2])
def test_rows_change_behind_and_ahead_of_the_reader(oracle: OracleSimulator, rows: int) -> None:
    before = oracle.rows()
    oracle.faults(f"edit-between:rows={rows}")
    read_a_page_and_another(oracle)
    changed = [new for old, new in zip(before, oracle.rows(), strict=True) if old != new]
    assert [row["OptyId"] <= READER for row in changed] == [True] * rows + [False] * rows
    assert {row["LastUpdateDate"] for row in changed} == {NOW}
    assert {row["Revenue"] for row in changed}.isdisjoint({250_000})


def test_rows_are_added_behind_and_ahead_of_the_reader(oracle: OracleSimulator) -> None:
    before = truth(oracle)
    oracle.faults("add-between")
    read_a_page_and_another(oracle)
    added = sorted(truth(oracle).keys() - before.keys())
    assert [opty_id <= READER for opty_id in added] == [True, False]
    assert {truth(oracle)[opty_id] for opty_id in added} == {NOW}


def test_rows_are_removed_behind_and_ahead_of_the_reader(oracle: OracleSimulator) -> None:
    before = truth(oracle)
    oracle.faults("remove-between")
    read_a_page_and_another(oracle)
    removed = sorted(before.keys() - truth(oracle).keys())
    assert [opty_id <= READER for opty_id in removed] == [True, False]


@pytest.mark.parametrize("fault", ["edit-between", "add-between", "remove-between"])
def test_the_first_page_finds_everything_as_it_was(oracle: OracleSimulator, fault: str) -> None:
    before = oracle.rows()
    oracle.faults(fault)
    oracle.ask(limit=5)
    assert oracle.rows() == before


def test_the_same_story_happens_again(oracle: OracleSimulator) -> None:
    served, stories = oracle.rows(), []
    for _ in range(2):
        oracle.serve(served)
        oracle.faults("edit-between", "add-between", "remove-between")
        for page in range(4):
            oracle.ask(limit=3, offset=3 * page)
        stories.append(oracle.rows())
    assert stories[0] == stories[1] != served


def test_many_rows_get_the_same_second(oracle: OracleSimulator) -> None:
    oracle.faults("ties:rows=6")
    assert [item["LastUpdateDate"] for item in oracle.items(limit=500)].count(NOW) == 6


def test_a_row_comes_late_with_an_older_date(oracle: OracleSimulator) -> None:
    before = truth(oracle)
    oracle.faults("late-commit:seconds=60")
    read_a_page_and_another(oracle)
    late = truth(oracle).keys() - before.keys()
    assert [truth(oracle)[each] for each in late] == ["2026-11-01T09:59:00+00:00"]
    assert max(late) < READER


def test_a_row_is_of_the_future(oracle: OracleSimulator) -> None:
    oracle.faults("row-ahead:seconds=60")
    read_a_page_and_another(oracle)
    assert list(truth(oracle).values()).count("2026-11-01T10:01:00+00:00") == 1


def test_ids_stay_in_order_whatever_happens(oracle: OracleSimulator) -> None:
    oracle.faults("add-between:rows=9,times=0", "remove-between:rows=3,times=0")
    for page in range(10):
        oracle.ask(limit=5, offset=5 * page)
    assert all(one < next_one for one, next_one in pairwise(truth(oracle)))


def test_other_rows_are_met_each_time(oracle: OracleSimulator) -> None:
    oracle.faults("edit-between")
    for _ in range(3):
        oracle.ask(limit=5)
    assert list(truth(oracle).values()).count(NOW) == 4
