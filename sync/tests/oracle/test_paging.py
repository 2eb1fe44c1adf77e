from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count, islice
from typing import Any

import pytest

from sync.oracle.errors import OracleProtocolError
from sync.oracle.reading.habits import Habit
from sync.oracle.reading.paging import Page, id_of, keyset_pages, offset_pages, page_of, total_of
from sync.oracle.reading.ranges import EVERYTHING, IdRange

MOST_ANSWERS = 500
Between = Callable[[int, list[int]], list[int]]


class Shelf:
    """Rows in the order of their ids, which may change between two answers."""

    def __init__(
        self, ids: list[int], *, size: int = 3, cap: int = 500, between: Between | None = None
    ) -> None:
        self.ids, self.size = ids, size
        self._cap, self._between = cap, between
        self.answers = 0

    def after(self, last: int | None) -> Page:
        return self._page([each for each in self._now() if last is None or each > last])

    def highest(self) -> int | None:
        return max(self.ids, default=None)

    def at(self, offset: int) -> Page:
        return self._page(self._now()[offset:])

    def _now(self) -> list[int]:
        self.answers += 1
        assert self.answers < MOST_ANSWERS, "it never ends"
        if self._between:
            self.ids = self._between(self.answers, self.ids)
        return self.ids

    def _page(self, rest: list[int]) -> Page:
        ids = rest[: min(self.size, self._cap)]
        return page([*ids], has_more=len(rest) > len(ids))


def page(ids: list[Any], *, has_more: bool = False) -> Page:
    return Page([{"OptyId": each} for each in ids], has_more)


def read(pages: Iterator[list[dict[str, Any]]]) -> list[Any]:
    some = list(islice(pages, MOST_ANSWERS))
    assert len(some) < MOST_ANSWERS, "it never ends"
    return [item["OptyId"] for item in chain.from_iterable(some)]


def by_keyset(shelf: Shelf, within: IdRange = EVERYTHING, first: Page | None = None) -> list[int]:
    return read(keyset_pages(shelf.after, shelf.highest, set(), within, first))


def by_offset(shelf: Shelf) -> list[int]:
    return read(offset_pages(shelf.at, shelf.size, shelf.highest, set()))


def nothing() -> None:
    """Nothing is there, asked from the other end."""


def keys_of(fetch: Callable[[Any], Page], highest: Callable[[], int | None] = nothing) -> list[Any]:
    return read(keyset_pages(fetch, highest, set()))


def places_of(
    fetch: Callable[[int], Page], highest: Callable[[], int | None] = nothing
) -> list[Any]:
    return read(offset_pages(fetch, 3, highest, set()))


both = pytest.mark.parametrize("paged", [by_keyset, by_offset])
Paged = Callable[[Shelf], list[int]]


def test_a_range_goes_on_behind_a_page_that_was_read_before() -> None:
    shelf = Shelf([1, 2, 3, 4, 5])
    assert by_keyset(shelf, first=page([1, 2], has_more=True)) == [1, 2, 3, 4, 5]
    assert shelf.answers == 2


def test_a_range_that_ends_with_its_highest_id_asks_for_no_empty_page() -> None:
    shelf = Shelf([1, 2, 3, 4, 5, 6])
    assert by_keyset(shelf, IdRange(upto=6)) == [1, 2, 3, 4, 5, 6]
    assert shelf.answers == 2


def test_a_range_whose_highest_id_is_gone_is_read_to_its_empty_page() -> None:
    shelf = Shelf([1, 2, 3, 4, 5])
    assert by_keyset(shelf, IdRange(upto=6)) == [1, 2, 3, 4, 5]
    assert shelf.answers == 3


def test_a_page_read_before_must_lie_in_the_range_it_begins() -> None:
    with pytest.raises(OracleProtocolError):
        by_keyset(Shelf([1, 2, 9]), IdRange(upto=6), page([1, 2, 9]))


def test_a_list_goes_on_behind_a_page_that_was_yielded_before() -> None:
    shelf = Shelf([1, 2, 3, 4, 5])
    pages = offset_pages(shelf.at, 3, shelf.highest, set(), page([1, 2, 3], has_more=True))
    assert read(pages) == [4, 5]


def test_a_list_whose_first_page_announced_more_that_never_came_is_an_error() -> None:
    begun = page([1], has_more=True)
    with pytest.raises(OracleProtocolError, match="after one that announced more"):
        read(offset_pages(Shelf([1]).at, 3, lambda: 3, set(), begun))


def test_a_reading_by_offset_asks_for_no_page_twice() -> None:
    by_offset(shelf := Shelf([1, 2, 3, 4, 5]))
    assert shelf.answers == len(["1 2 3", "3 4 5", "5", "the empty one"])


def test_the_same_page_is_an_error_at_the_fourth_time() -> None:
    answers = iter([page([1, 2, 3])] * 4)
    with pytest.raises(OracleProtocolError, match="the same page"):
        places_of(lambda offset: next(answers))


def test_the_same_page_three_times_is_no_error_yet() -> None:
    answers = iter([*[page([1, 2, 3])] * 3, page([3, 4]), page([4]), page([])])
    assert places_of(lambda offset: next(answers)) == [1, 2, 3, 4]


# --- the envelope -------------------------------------------------------------------------------


def test_a_page_is_its_items_and_whether_there_is_more() -> None:
    answer = {"items": [{"OptyId": 5}], "count": 1, "hasMore": True, "limit": 1, "offset": 0}
    assert page_of(answer) == Page([{"OptyId": 5}], has_more=True)


def test_an_empty_last_page_may_lack_its_items() -> None:
    assert page_of({"count": 0, "hasMore": False}) == Page([], has_more=False)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "text",
        {},
        {"items": []},
        {"items": [], "hasMore": "false"},
        {"items": None, "hasMore": False},
        {"items": {"OptyId": 5}, "hasMore": False},
        {"hasMore": True},
        {"hasMore": False, "count": 3},
        {"items": [{"OptyId": 5}], "count": 2, "hasMore": False},
        {"items": [], "count": 2, "hasMore": False},
        {"title": "Bad Request", "status": "400"},
    ],
)
def test_what_is_no_page_is_an_error_and_never_an_empty_page(answer: Any) -> None:
    with pytest.raises(OracleProtocolError, match="would lose records"):
        page_of(answer)


def test_an_answer_need_not_count_its_items() -> None:
    assert page_of({"items": [{"OptyId": 5}], "hasMore": False}).ids == [5]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ({"items": []}, "an answer without hasMore"),
        ({"items": None, "hasMore": False}, "items that are no list"),
        ({"hasMore": True}, "a page without items that is not the last"),
        ({"hasMore": False, "count": 3}, "a page without items that is not the last"),
        ({"items": [], "count": 2, "hasMore": False}, "another number of items than it counts"),
    ],
)
def test_an_error_says_what_oracle_sent(answer: Any, what: str) -> None:
    with pytest.raises(OracleProtocolError) as caught:
        page_of(answer)
    assert str(caught.value) == (
        f"Oracle sent {what}. Reading on would lose records, so the run stopped here; if it "
        "happens again, try the other ORACLE_PAGING (keyset or offset)."
    )


def test_pages_without_a_readable_id_end_the_run() -> None:
    for pages in (keys_of, places_of):
        with pytest.raises(
            OracleProtocolError, match=r"sent a page without a single readable id\."
        ):
            pages(always(["x"]))


@pytest.mark.parametrize(
    ("answer", "total"),
    [
        ({"totalResults": 7}, 7),
        ({"totalResults": 0}, 0),
        ({"totalResults": -1}, None),
        ({"totalResults": True}, None),
        ({"totalResults": "7"}, None),
        ({}, None),
        (["totalResults"], None),
    ],
)
def test_oracle_may_say_how_many_records_there_are(answer: Any, total: int | None) -> None:
    assert total_of(answer) == total


@pytest.mark.parametrize(
    ("item", "number"),
    [
        ({"OptyId": 0}, 0),
        ({"OptyId": "12"}, 12),
        ({"OptyId": 10**18 - 1}, 10**18 - 1),
        ({"OptyId": 10**18}, None),
        ({"OptyId": -1}, None),
        ({"OptyId": True}, None),
        ({"OptyId": "x"}, None),
        ({}, None),
        ([], None),
    ],
)
def test_an_id_is_a_whole_number_of_eighteen_digits_at_most(item: Any, number: int | None) -> None:
    assert id_of(item) == number


# --- complete reading ---------------------------------------------------------------------------


@both
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 6, 7, 30])
def test_every_row_comes_once_and_in_order(paged: Paged, count: int) -> None:
    ids = [10 * n for n in range(1, count + 1)]
    assert paged(Shelf(ids)) == ids


@both
@pytest.mark.parametrize("cap", [2, 3])
def test_a_server_may_give_fewer_than_asked_for(paged: Paged, cap: int) -> None:
    ids = list(range(1, 24))
    assert paged(Shelf(ids, size=5, cap=cap)) == ids


def test_pages_of_a_single_record_are_read_as_well() -> None:
    assert by_keyset(Shelf([1, 2, 3], size=1)) == [1, 2, 3]


@pytest.mark.parametrize(("size", "cap"), [(1, 500), (5, 1)])
def test_pages_of_a_single_record_are_read_by_offset_as_well(size: int, cap: int) -> None:
    assert by_offset(Shelf([1, 2, 3], size=size, cap=cap)) == [1, 2, 3]


@both
def test_a_wrong_has_more_does_not_end_the_reading_early(paged: Paged) -> None:
    shelf = Shelf(list(range(1, 11)))
    shelf._page = lambda rest: page(rest[:3], has_more=False)  # type: ignore[method-assign]
    assert paged(shelf) == list(range(1, 11))


def test_rows_that_come_or_go_between_pages_move_nothing_by_keyset() -> None:
    def between(answer: int, ids: list[int]) -> list[int]:
        return {2: [5, *ids[1:]], 3: [each for each in ids if each != 20]}.get(answer, ids)

    shelf = Shelf([10, 20, 30, 40, 50, 60, 70, 80], between=between)
    assert by_keyset(shelf) == [10, 20, 30, 40, 50, 60, 70, 80]


@pytest.mark.parametrize(
    "gone",
    [
        *([10], [30], [10, 20, 30], [10, 30, 50], [20, 30, 40, 50, 60]),
        # So many that one step back is not enough.
        *(range(10, 60, 10), range(10, 70, 10)),
    ],
)
@pytest.mark.parametrize("answer", [2, 3, 4])
def test_no_row_that_stays_is_missed_by_offset_when_others_go(
    gone: Sequence[int], answer: int
) -> None:
    def between(number: int, ids: list[int]) -> list[int]:
        return [each for each in ids if each not in gone] if number == answer else ids

    ids = [10 * n for n in range(1, 13)]
    found = by_offset(Shelf(ids, between=between))
    assert set(ids) - set(gone) <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("new", [[5], [5, 15], [95, 105], [15, 45, 75]])
def test_no_row_is_missed_or_doubled_by_offset_when_others_come(new: list[int]) -> None:
    def between(number: int, ids: list[int]) -> list[int]:
        return sorted({*ids, *new}) if number == 2 else ids

    ids = [10 * n for n in range(1, 13)]
    found = by_offset(Shelf(ids, size=4, between=between))
    assert set(ids) <= set(found)
    assert len(found) == len(set(found))


def test_a_page_full_of_new_rows_behind_the_reader_does_not_end_a_reading_by_offset() -> None:
    def between(number: int, ids: list[int]) -> list[int]:
        return sorted({*ids, 1, 2, 3}) if number == 3 else ids

    ids = [10 * n for n in range(1, 13)]
    assert set(ids) <= set(by_offset(Shelf(ids, between=between)))


@both
def test_a_record_that_stands_twice_in_a_page_does_not_stop_the_reading(paged: Paged) -> None:
    shelf = Shelf([1, 2, 2, 3, 4, 5])
    assert set(paged(shelf)) == {1, 2, 3, 4, 5}


class Spoiled(Shelf):
    """A shelf on which one row has lost its id, or has a strange one, but not its place."""

    def __init__(self, ids: list[int], *, row: int, shown_as: Any) -> None:
        super().__init__(ids)
        self._row, self._shown_as = row, shown_as

    def _page(self, rest: list[int]) -> Page:
        ids = [item["OptyId"] for item in super()._page(rest).items]
        shown = [self._shown_as if each == self._row else each for each in ids]
        return page(shown, has_more=len(rest) > len(ids))


@both
@pytest.mark.parametrize("row", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("shown_as", [None, "x", 1.5, [], {}])
def test_a_record_without_a_usable_id_does_not_stop_the_reading(
    paged: Paged, row: int, shown_as: Any
) -> None:
    found = paged(Spoiled([1, 2, 3, 4, 5, 6, 7], row=row, shown_as=shown_as))
    assert [each for each in found if isinstance(each, int)] == [
        each for each in (1, 2, 3, 4, 5, 6, 7) if each != row
    ]


@both
def test_a_last_record_without_a_usable_id_does_not_stop_the_reading(paged: Paged) -> None:
    assert paged(Spoiled([1, 2, 3, 4], row=4, shown_as=None))[:3] == [1, 2, 3]


def test_an_id_that_is_a_truth_value_does_not_stop_the_reading() -> None:
    found = by_keyset(Spoiled([10, 20, 30, 40, 50], row=20, shown_as=True))
    assert {10, 30, 40, 50} <= set(found)


# --- pages that cannot be right -----------------------------------------------------------------


def test_an_empty_page_that_claims_more_is_an_error_where_there_is_more() -> None:
    with pytest.raises(
        OracleProtocolError, match=r"sent an empty page that claims there is more\."
    ):
        keys_of(lambda last: page([], has_more=True), lambda: 7)
    with pytest.raises(OracleProtocolError, match="empty page that claims there is more"):
        places_of(lambda offset: page([], has_more=True), lambda: 7)


@pytest.mark.parametrize("highest", [3, None, 1])
def test_an_empty_page_in_the_middle_that_claims_more_is_an_error(highest: int | None) -> None:
    with pytest.raises(
        OracleProtocolError, match=r"sent an empty page that claims there is more\."
    ):
        keys_of(lambda last: page([] if last else [1, 2], has_more=True), lambda: highest)


@pytest.mark.parametrize("highest", [3, None, 1])
def test_an_empty_page_after_one_that_announced_more_is_an_error(highest: int | None) -> None:
    with pytest.raises(OracleProtocolError, match=r"page after one that announced more\."):
        keys_of(lambda last: page([]) if last else page([1, 2], has_more=True), lambda: highest)


def test_an_end_by_offset_after_a_page_that_announced_more_is_an_error_as_well() -> None:
    def lonely(offset: int) -> Page:
        return page([]) if offset else page([1], has_more=True)

    with pytest.raises(OracleProtocolError, match="after one that announced more"):
        places_of(lonely, lambda: 3)
    assert places_of(lonely, lambda: 1) == [1]


@both
@pytest.mark.parametrize("ids", [[], [1], [1, 2, 3, 4]])
def test_an_end_that_was_never_in_doubt_is_not_asked_about(paged: Paged, ids: list[int]) -> None:
    shelf = Shelf(ids)
    shelf.highest = lambda: pytest.fail("asked for the highest id")  # type: ignore[method-assign]
    assert paged(shelf) == ids


class Announcing(Shelf):
    """A shelf of which every page says that there is more."""

    def _page(self, rest: list[int]) -> Page:
        return Page(super()._page(rest).items, has_more=True)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 6, 7, 30])
def test_more_that_is_always_announced_ends_at_the_highest_id(count: int) -> None:
    ids = [10 * n for n in range(1, count + 1)]
    for pages in (
        keyset_pages(Announcing(ids).after, Shelf(ids).highest, met := set()),
        offset_pages(Announcing(ids).at, 3, Shelf(ids).highest, met_too := set()),
    ):
        assert read(pages) == ids
    assert met == met_too == {Habit.HAS_MORE_AT_END}


@pytest.mark.parametrize(
    ("highest", "is_believed"), [(4, True), (3, True), (5, False), (None, False)]
)
def test_an_empty_range_is_believed_where_the_highest_id_lies_before_it(
    highest: int | None, is_believed: bool
) -> None:
    pages = keyset_pages(lambda last: page([]), lambda: highest, set(), IdRange(4, 9))
    if is_believed:
        assert read(pages) == []
    else:
        with pytest.raises(
            OracleProtocolError, match=r"sent nothing at all of ids among which it has records\."
        ):
            read(pages)


def test_an_empty_range_at_the_beginning_is_never_believed() -> None:
    with pytest.raises(
        OracleProtocolError, match=r"sent nothing at all of ids among which it has records\."
    ):
        read(keyset_pages(lambda last: page([]), nothing, set(), IdRange(upto=9)))


def always(ids: list[Any]) -> Callable[[Any], Page]:
    """Fetches the same page wherever it is asked, but not for ever."""
    answers = count(1)

    def fetch(place: Any) -> Page:
        assert next(answers) < MOST_ANSWERS, "it never ends"
        return page(ids, has_more=True)

    return fetch


def test_a_repeated_page_is_an_error() -> None:
    before = r"sent a page that repeats or mixes up what came before\."
    with pytest.raises(OracleProtocolError, match=before):
        keys_of(always([1, 2, 3]))
    with pytest.raises(OracleProtocolError, match=r"sent the same page again and again\."):
        places_of(always([1, 2, 3]))


def test_pages_that_differ_and_bring_nothing_new_are_an_error_as_well() -> None:
    answers = count(1)

    def longer_each_time(offset: int) -> Page:
        times = next(answers)
        assert times < MOST_ANSWERS, "it never ends"
        return page([*[1] * times, 2, 3], has_more=True)

    with pytest.raises(OracleProtocolError, match=r"sent page after page of what came before\."):
        places_of(longer_each_time)


def test_many_rows_that_come_before_the_place_of_a_reading_are_no_error() -> None:
    def between(answer: int, ids: list[int]) -> list[int]:
        return [*range(60), *ids] if answer == 3 else ids

    shelf = Shelf([*range(100, 120)], between=between)
    assert by_offset(shelf)[-1] == 119


def test_what_was_read_before_a_repeated_page_is_not_lost() -> None:
    pages = keyset_pages(lambda last: page([1, 2, 3], has_more=True), nothing, set())
    assert next(pages) == page([1, 2, 3]).items


@pytest.mark.parametrize("ids", [[1, 3, 2], [3, 2, 1]])
def test_a_page_out_of_order_is_an_error(ids: list[int]) -> None:
    with pytest.raises(OracleProtocolError, match="repeats or mixes up"):
        keys_of(lambda last: page([] if last else ids))


def test_a_page_that_begins_before_the_end_of_the_one_before_is_an_error() -> None:
    answers = iter([page([1, 5], has_more=True), page([4, 6])])
    with pytest.raises(OracleProtocolError, match="repeats or mixes up"):
        keys_of(lambda last: next(answers))


def test_a_page_without_one_usable_id_is_an_error() -> None:
    with pytest.raises(OracleProtocolError, match="would lose records"):
        keys_of(lambda last: page([None, None], has_more=True))


def test_a_page_without_one_usable_id_is_an_error_by_offset_as_well() -> None:
    with pytest.raises(OracleProtocolError, match="would lose records"):
        places_of(lambda offset: page([None, None], has_more=True))


def test_rows_in_an_order_that_keeps_changing_are_an_error() -> None:
    answers = iter(range(3, 3000, 3))

    def disordered(offset: int) -> Page:
        first = next(answers)
        return page([first, first + 1], has_more=True)

    with pytest.raises(OracleProtocolError, match=r"sent pages in an order that keeps changing\."):
        places_of(disordered)
