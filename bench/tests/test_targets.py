from bench.runs import FIRST, UNCHANGED, Figures, Run
from bench.targets import targets

ROWS = 20_000


def run(kind: str, peer: str, seconds: float, written: int = ROWS, rows: int = ROWS) -> Run:
    return Run(kind, peer, rows, seconds, seconds, 80.0, 40, written)


def reached(*runs: Run) -> dict[str, bool]:
    return {target.name: target.is_reached for target in targets(Figures(runs))}


def test_the_median_is_judged_not_the_best_round() -> None:
    ours = [run(FIRST, "ours", seconds) for seconds in (1.0, 3.1, 3.2)]

    assert reached(run(FIRST, "floor", 2), *ours) == {
        "first full, 20,000 rows: times the floor": False
    }


def test_we_must_be_so_many_times_faster_than_dlt() -> None:
    name = "first full, 20,000 rows: faster than dlt"

    assert reached(run(FIRST, "ours", 2), run(FIRST, "dlt", 8)) == {name: True}
    assert reached(run(FIRST, "ours", 2), run(FIRST, "dlt", 7.9)) == {name: False}


def test_a_single_row_written_though_nothing_changed_is_too_many() -> None:
    name = "unchanged full, 20,000 rows: rows written"

    assert reached(run(UNCHANGED, "ours", 1, written=0)) == {name: True}
    assert reached(run(UNCHANGED, "ours", 1, written=1)) == {name: False}


def test_the_cost_of_a_row_may_grow_by_a_tenth() -> None:
    name = "first full, 20,000 to 200,000 rows: more cost a row"
    small = run(FIRST, "ours", 2)

    assert reached(small, run(FIRST, "ours", 21.9, rows=10 * ROWS))[name]
    assert not reached(small, run(FIRST, "ours", 22.1, rows=10 * ROWS))[name]
