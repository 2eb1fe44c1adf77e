from typing import Any

import pytest

from sync.tests.builders import oracle_item
from sync.tests.simulator_process import OracleSimulator

MOST_PAGES = 20


def by_key(oracle: OracleSimulator, condition: str = "", limit: int = 7) -> list[dict[str, Any]]:
    """Every row, read behind the last id received, until an empty page."""
    rows: list[dict[str, Any]] = []
    for _ in range(MOST_PAGES):
        last = rows[-1]["OptyId"] if rows else 0
        rows += (page := oracle.items(q=f"OptyId > {last}{condition}", limit=limit))
        if not page:
            return rows
    raise AssertionError("The pages do not end.")


def by_position(oracle: OracleSimulator, limit: int = 7, **params: Any) -> list[dict[str, Any]]:
    """Every row, read on by the number of rows received, until an empty page."""
    rows: list[dict[str, Any]] = []
    for _ in range(MOST_PAGES):
        rows += (page := oracle.items(offset=len(rows), limit=limit, **params))
        if not page:
            return rows
    raise AssertionError("The pages do not end.")


@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 14, 50])
def test_paging_to_the_end_gives_every_row_once(oracle: OracleSimulator, count: int) -> None:
    oracle.serve([oracle_item() for _ in range(count)])
    assert by_key(oracle) == oracle.rows()
    assert by_position(oracle) == oracle.rows()


@pytest.mark.parametrize("order", [None, "OptyId:desc"])
def test_paging_by_position_gives_every_row_in_any_order(
    oracle: OracleSimulator, order: str | None
) -> None:
    oracle.serve([oracle_item(Revenue=n % 3) for n in range(20)])
    rows = by_position(oracle, orderBy=order)
    assert sorted(row["OptyId"] for row in rows) == [row["OptyId"] for row in oracle.rows()]


def test_paging_by_key_gives_what_changed_since(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(LastUpdateDate=f"2026-01-{n:02}T00:00:00Z") for n in range(1, 31)])
    rows = by_key(oracle, " and LastUpdateDate >= '2026-01-11T00:00:00Z'")
    assert rows == oracle.rows()[10:]


def test_has_more_is_true_until_the_last_row_is_given(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item() for _ in range(4)])
    assert oracle.ask(limit=2).json()["hasMore"] is True
    assert oracle.ask(limit=2, offset=2).json()["hasMore"] is False


def test_rows_added_and_removed_move_positions_but_no_keys(oracle: OracleSimulator) -> None:
    oracle.serve([oracle_item(OptyId=n) for n in (10, 20, 30, 40)])
    oracle.edit(oracle_item(OptyId=15))
    oracle.remove(30)
    assert [row["OptyId"] for row in by_key(oracle, limit=2)] == [10, 15, 20, 40]
    assert [row["OptyId"] for row in oracle.items(offset=1, limit=2)] == [15, 20]
