"""Cut lists wrongly into pages."""

from functools import partial

from sync.simulator.selection import Page
from sync.tests.misbehaving_oracle.faults.table import Stage, fault

paging = partial(fault, stage=Stage.PAGE)


@paging("offset-ignored", "every offset gives the first page")
def offset_ignored(page: Page) -> None:
    page.show(0, page.limit)


@paging("short-pages", "fewer rows than asked for (rows=0: half), hasMore is right")
def short_pages(page: Page, *, rows: int = 0) -> None:
    page.show(page.offset, min(page.limit, rows or max(1, page.limit // 2)))


@paging("page-repeated", "the rows of the page before come again", after=1)
def page_repeated(page: Page) -> None:
    page.rows = page.before


@paging("empty", "200 with 0 rows and hasMore false")
def empty(page: Page) -> None:
    page.rows, page.has_more = [], False


@paging("duplicate", "one record stands twice in the page")
def duplicate(page: Page) -> None:
    page.rows = page.rows + page.rows[-1:]


@paging("wrong-has-more", "hasMore says the opposite")
def wrong_has_more(page: Page) -> None:
    page.has_more = not page.has_more


@paging("items-absent", "the page has no items (empty=1: only where there is no row to give)")
def items_absent(page: Page, *, empty: int = 0) -> None:
    page.has_items = bool(empty and page.rows)
