"""Read the options of faults and variations: `name:option=value,option=value`."""

from collections.abc import Mapping
from typing import TypeVar

Option = int | float | str


class BadSwitch(ValueError):
    """A name, or an option, that is not in the table; says which are."""


Named = TypeVar("Named")


def looked_up(kind: str, word: str, table: Mapping[str, Named]) -> tuple[str, Named, str]:
    """Return the name in `name:option=value,…`, what the table has for it, and the options."""
    name, _, options = word.partition(":")
    if name not in table:
        raise BadSwitch(f"There is no {kind} {name!r}. Known are: {', '.join(sorted(table))}.")
    return name, table[name], options


def read_options(owner: str, text: str, usual: Mapping[str, Option]) -> dict[str, Option]:
    """Lay the options of a text over the usual ones, each of its usual type.

    Args:
        owner: such as "fault hang", for the sentence of BadSwitch.
    """
    options = dict(usual)
    for pair in filter(None, text.split(",")):
        name, _, value = pair.partition("=")
        if name not in options:
            known = ", ".join(options) or "none"
            raise BadSwitch(f"{owner[0].upper()}{owner[1:]} has no option {name!r}, but {known}.")
        try:
            options[name] = typed = type(options[name])(value)
        except ValueError:
            raise BadSwitch(f"Option {name} of {owner} needs a number, not {value!r}.") from None
        if isinstance(typed, int | float) and not typed >= 0:
            raise BadSwitch(f"Option {name} of {owner} cannot be below 0.")
    return options
