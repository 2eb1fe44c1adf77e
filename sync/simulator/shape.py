"""Shape each row as one reader wants it."""

from typing import Any, NamedTuple

Item = dict[str, Any]


class Shape(NamedTuple):
    fields: tuple[str, ...] | None = None
    names: tuple[str, ...] = ()
    """The tenant's own names of the fields, where they differ from ours."""

    def of(self, item: Item) -> Item:
        """Return the item; attributes it lacks stay absent, also when asked for by name."""
        names = zip(self.names or self.fields or item, self.fields or item, strict=True)
        return {name: item[field] for name, field in names if field in item}
