"""Four connections read four ranges of ids: balanced, and with nothing between them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.request import SyncRequest
from sync.engine.run import run_sync
from sync.models import SyncLog, SyncStatus, SyncType
from sync.tests.builders import oracle_item
from sync.tests.reliability.scene import sync
from sync.tests.reliability.watcher import Watcher
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

CONNECTIONS = 4
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
# Most ids stand close together, some far apart, one alone at the very end.
SKEWED = [*range(1000, 1320), *range(10**9, 10**15, 10**13), 10**18 - 1]


@pytest.fixture
def wide_oracle(oracle: OracleSimulator, settings: Settings) -> OracleSimulator:
    settings.ORACLE_CONCURRENCY, settings.ORACLE_PAGE_SIZE = CONNECTIONS, 5
    return oracle


def items(opty_ids: Iterable[int], at: datetime = NOON) -> list[dict]:
    return [oracle_item(OptyId=each, LastUpdateDate=at.isoformat()) for each in opty_ids]


def bounds(oracle: OracleSimulator) -> list[int]:
    """Where one range ended and the next began, as it was asked for."""
    queries = [each["params"].get("q", "") for each in oracle.requests()]
    return sorted({int(n) for query in queries for n in re.findall(r"OptyId <= (\d+)", query)})


def rows_in_ranges(oracle: OracleSimulator) -> list[int]:
    edges = [0, *bounds(oracle), 10**18]
    return [
        sum(after < row["OptyId"] <= upto for row in oracle.rows())
        for after, upto in pairwise(edges)
    ]


def assert_balanced(oracle: OracleSimulator) -> None:
    in_each = rows_in_ranges(oracle)
    assert len(in_each) == CONNECTIONS
    assert max(in_each) <= 1.5 * sum(in_each) / CONNECTIONS


def test_skewed_ids_are_divided_by_their_number_in_a_first_run(
    wide_oracle: OracleSimulator,
) -> None:
    wide_oracle.serve(items(SKEWED))
    assert sync().new_records == len(SKEWED)
    assert_balanced(wide_oracle)


def test_skewed_ids_are_divided_by_their_number_in_a_later_run(
    wide_oracle: OracleSimulator,
) -> None:
    wide_oracle.serve(items(SKEWED))
    sync()
    wide_oracle.forget_requests()
    assert sync(sync_type=SyncType.FULL).unchanged_records == len(SKEWED)
    assert_balanced(wide_oracle)


def test_a_run_after_one_that_broke_off_is_balanced_as_well(wide_oracle: OracleSimulator) -> None:
    wide_oracle.serve(items(SKEWED[:40]))
    sync()
    wide_oracle.serve(items(SKEWED))
    wide_oracle.forget_requests()
    assert sync(sync_type=SyncType.FULL).total_fetched == len(SKEWED)
    assert_balanced(wide_oracle)


def test_rows_added_at_the_borders_of_ranges_are_not_lost(wide_oracle: OracleSimulator) -> None:
    began_with = range(1000, 3000, 10)
    wide_oracle.serve(items(began_with))
    sync()
    Opportunity.objects.all().delete()
    added: set[int] = set()

    def add_at_the_borders(log: SyncLog) -> None:
        near = {border + step for border in bounds(wide_oracle) for step in (-1, 1, 2)}
        wide_oracle.edit(*items(near - added, at=NOON + HOUR))
        added.update(near)

    log = run_sync(SyncRequest(), Watcher(add_at_the_borders)).log
    assert log.total_fetched == log.new_records == Opportunity.objects.count()
    assert mirrored() >= set(began_with)
    assert sync().status == SyncStatus.SUCCESS
    assert mirrored() == {*began_with, *added}
    assert len(added) == 3 * (CONNECTIONS - 1)


def test_rows_removed_at_the_borders_of_ranges_lose_no_others(
    wide_oracle: OracleSimulator,
) -> None:
    began_with = range(1000, 3000, 10)
    wide_oracle.serve(items(began_with))
    sync()
    wide_oracle.forget_requests()
    removed: list[int] = []

    def remove_the_borders(log: SyncLog) -> None:
        for border in set(bounds(wide_oracle)).difference(removed):
            wide_oracle.remove(border)
            removed.append(border)

    log = run_sync(SyncRequest(sync_type=SyncType.FULL), Watcher(remove_the_borders)).log
    assert len(removed) == CONNECTIONS - 1
    assert len(began_with) - len(removed) <= log.unchanged_records <= len(began_with)
    sync(sync_type=SyncType.FULL)
    present = Opportunity.objects.present().values_list("remote_id", flat=True)
    assert {int(each) for each in present} == {*began_with} - {*removed}


def test_an_empty_answer_for_a_whole_range_is_no_success_of_a_first_run(
    wide_oracle: OracleSimulator,
) -> None:
    wide_oracle.serve(items(range(1000, 1060)))
    # The total and three ids are asked for first; then comes the first page of some range.
    wide_oracle.faults("empty:after=4,times=1")
    assert sync().status != SyncStatus.SUCCESS or Opportunity.objects.count() == 60


def test_an_empty_answer_for_a_whole_range_is_not_passed_by_the_watermark(
    wide_oracle: OracleSimulator,
) -> None:
    wide_oracle.serve(items(range(1000, 1060), at=NOON - 9 * HOUR))
    sync()
    changed = {"Name": "Changed", "LastUpdateDate": (NOON - 5 * HOUR).isoformat()}
    wide_oracle.edit(
        *({"OptyId": each, **changed} for each in range(1000, 1060)), *items([900, 2000])
    )
    wide_oracle.faults("empty:times=1")
    sync(sync_type=SyncType.FULL)
    wide_oracle.faults()
    sync()
    assert Opportunity.objects.filter(name="Changed").count() == 60


def mirrored() -> set[int]:
    return {int(each) for each in Opportunity.objects.values_list("remote_id", flat=True)}


def test_few_changes_take_two_requests(wide_oracle: OracleSimulator, settings: Settings) -> None:
    settings.SYNC_OVERLAP_S = 0
    wide_oracle.serve(items(range(1000, 1200)))
    sync()
    wide_oracle.edit(*items(range(1000, 1003), at=NOON + HOUR))
    sync()
    wide_oracle.forget_requests()
    assert sync().total_fetched == 3
    assert len(wide_oracle.requests()) == 2
