"""Switch faults on, and find which of them a request meets."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sync.tests.misbehaving_oracle.faults.table import FAULTS, Fault, Stage
from sync.tests.misbehaving_oracle.options import BadSwitch, Option, looked_up, read_options

LIST, ONE = "list", "one"


@dataclass
class Switch:
    fault: Fault
    options: dict[str, Option]
    seen: int = field(default=0, init=False)
    hits: int = field(default=0, init=False)

    @property
    def is_due(self) -> bool:
        times = int(self.options["times"])
        is_left = times == 0 or self.hits < times
        return self.seen > int(self.options["after"]) and is_left

    def act(self, *subject: Any) -> Any:
        return self.fault.act(
            *subject, **{name: self.options[name] for name in self.fault.keywords}
        )


Turn = defaultdict[Stage, list[Switch]]
"""The faults that one request meets."""


class Switchboard:
    def __init__(self) -> None:
        self._lock = Lock()
        self._switches: list[Switch] = []

    def set(self, words: Iterable[str]) -> None:
        """Switch on these faults, each `name:option=value,option=value`, and no others."""
        self._switches = [read_switch(word) for word in words]

    def begin(self, kind: str) -> Turn:
        """Count one request for a list or for one record, and return what it meets."""
        with self._lock:
            concerned = [each for each in self._switches if each.options["on"] in (kind, "all")]
            for switch in concerned:
                switch.seen += 1
            due = [switch for switch in concerned if switch.is_due]
            # Where this answer is replaced, the other faults wait for the next one.
            due = [each for each in due if each.fault.stage is Stage.ANSWER][:1] or due
            turn: Turn = defaultdict(list)
            for switch in due:
                switch.hits += 1
                turn[switch.fault.stage].append(switch)
            return turn


def read_switch(word: str) -> Switch:
    name, fault, rest = looked_up("fault", word, FAULTS)
    options = read_options(f"fault {name}", rest, {"on": LIST, **fault.options})
    if options["on"] not in (LIST, ONE, "all"):
        raise BadSwitch(f"Option on of fault {name} is list, one or all, not {options['on']!r}.")
    return Switch(fault, options)
