"""Which faults are switched on, and whose turn it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sync.oracle.simulator.faults.table import FAULTS, BadFault, Fault, Option, Stage

LIST, ONE = "list", "one"


@dataclass
class Switch:
    fault: Fault
    options: dict[str, Option]
    seen: int = field(default=0, init=False)
    hits: int = field(default=0, init=False)

    def concerns(self, kind: str) -> bool:
        return self.options["on"] in (kind, "all")

    @property
    def is_due(self) -> bool:
        times = int(self.options["times"])
        is_left = times == 0 or self.hits < times
        return self.seen > int(self.options["after"]) and is_left

    def act(self, *subject: Any) -> Any:
        return self.fault.act(
            *subject, **{name: self.options[name] for name in self.fault.keywords}
        )


class Turn:
    """The faults that one request meets."""

    def __init__(self, switches: Iterable[Switch]) -> None:
        self._switches = tuple(switches)

    def of(self, stage: Stage) -> Iterator[Switch]:
        return (switch for switch in self._switches if switch.fault.stage is stage)


class Switchboard:
    def __init__(self) -> None:
        self._lock = Lock()
        self._switches: list[Switch] = []

    def set(self, words: Iterable[str]) -> None:
        """Switch on these faults, each `name` or `name:option=value,option=value`, and no others.

        Raises: BadFault, with a sentence.
        """
        self._switches = [read_switch(word) for word in words]

    def begin(self, kind: str) -> Turn:
        """Count one request for a list or for one record, and say what it meets."""
        with self._lock:
            concerned = [switch for switch in self._switches if switch.concerns(kind)]
            for switch in concerned:
                switch.seen += 1
            due = _together([switch for switch in concerned if switch.is_due])
            for switch in due:
                switch.hits += 1
            return Turn(due)


def _together(due: list[Switch]) -> list[Switch]:
    """An answer that is replaced meets no other fault; the others keep for the next one."""
    replacing = [switch for switch in due if switch.fault.stage is Stage.ANSWER]
    return replacing[:1] or due


def read_switch(word: str) -> Switch:
    name, _, rest = word.partition(":")
    if name not in FAULTS:
        raise BadFault(f"There is no fault {name!r}. Known are: {', '.join(sorted(FAULTS))}.")
    fault = FAULTS[name]
    options: dict[str, Option] = {"on": LIST, **fault.options}
    for pair in filter(None, rest.split(",")):
        option, _, value = pair.partition("=")
        if option not in options:
            raise BadFault(f"Fault {name} has no option {option!r}, but {', '.join(options)}.")
        options[option] = _typed(name, option, value, options[option])
    return Switch(fault, options)


def _typed(name: str, option: str, value: str, usual: Option) -> Option:
    if option == "on" and value not in (LIST, ONE, "all"):
        raise BadFault(f"Option on of fault {name} is list, one or all, not {value!r}.")
    try:
        typed = type(usual)(value)
    except ValueError:
        raise BadFault(f"Option {option} of fault {name} needs a number, not {value!r}.") from None
    if isinstance(typed, int | float) and not typed >= 0:
        raise BadFault(f"Option {option} of fault {name} cannot be below 0.")
    return typed
