"""One page of a list: what the reader is told of a selection."""

from dataclasses import dataclass, field

from sync.oracle.simulator.selection import Selection
from sync.oracle.simulator.store import Row


@dataclass
class Page:
    selection: Selection
    offset: int
    limit: int
    before: list[Row]
    """The rows of the page served before this one."""
    rows: list[Row] = field(init=False)
    has_more: bool = field(init=False)
    has_items: bool = True

    def __post_init__(self) -> None:
        self.show(self.offset, self.limit)

    def show(self, offset: int, count: int) -> None:
        self.rows = self.selection.window(offset, count)
        self.has_more = offset + len(self.rows) < self.selection.total
