"""The form in which one reader wants each row."""

from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote

from sync.oracle.simulator.attributes import OPTY_NUMBER

Item = dict[str, Any]


class Shape(NamedTuple):
    fields: tuple[str, ...] | None = None
    links_to: str = ""
    """The address of the collection; empty where only data is wanted."""
    has_text_numbers: bool = False

    def of(self, item: Item) -> Item:
        """Attributes the row does not have stay absent, also when asked for by name."""
        names = item if self.fields is None else [name for name in self.fields if name in item]
        shaped = {name: item[name] for name in names}
        if self.has_text_numbers:
            shaped = {name: as_text(value) for name, value in shaped.items()}
        if self.links_to:
            shaped["links"] = self._links(item)
        return shaped

    def _links(self, item: Item) -> list[dict[str, str]]:
        address = f"{self.links_to}/{quote(str(item.get(OPTY_NUMBER)), safe='')}"
        link = {"href": address, "name": "opportunities", "kind": "item"}
        return [{"rel": rel, **link} for rel in ("self", "canonical")]


def as_text(value: Any) -> Any:
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return str(value) if is_number else value
