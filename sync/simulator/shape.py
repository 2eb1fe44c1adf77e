"""Shape each row as one reader wants it."""

from typing import Any, NamedTuple
from urllib.parse import quote

from sync.simulator.attributes import OPTY_NUMBER

Item = dict[str, Any]


class Shape(NamedTuple):
    fields: tuple[str, ...] | None = None
    links_to: str = ""
    """The address of the collection; empty where only data is wanted."""
    names: tuple[str, ...] = ()
    """The tenant's own names of the fields, where they differ from ours."""

    def of(self, item: Item) -> Item:
        """Return the item; attributes it lacks stay absent, also when asked for by name."""
        names = zip(self.names or self.fields or item, self.fields or item, strict=True)
        shaped = {name: item[field] for name, field in names if field in item}
        if self.links_to:
            address = f"{self.links_to}/{quote(str(item.get(OPTY_NUMBER)), safe='')}"
            link = {"href": address, "name": "opportunities", "kind": "item"}
            shaped["links"] = [{"rel": rel, **link} for rel in ("self", "canonical")]
        return shaped
