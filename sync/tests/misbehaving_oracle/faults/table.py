"""Hold the table of faults. Each is a function, its options are the function's keywords."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from sync.tests.misbehaving_oracle.options import Option

Act = TypeVar("Act", bound=Callable[..., Any])
USUAL_ROWS = 3


class Stage(Enum):
    """Name the step of an answer at which a fault acts, and on what."""

    ANSWER = "gives a Reply instead of the answer"
    HISTORY = "changes the rows, through a Scene, before the page is read"
    PAGE = "changes the Page"
    ITEM = "changes single items of the page"
    DELIVERY = "changes the Reply"


@dataclass(frozen=True)
class Fault:
    name: str
    meaning: str
    stage: Stage
    act: Callable[..., Any]
    keywords: Mapping[str, Option]
    """Options of the function itself."""
    options: Mapping[str, Option]
    """Options of a switch: the keywords, and those of every fault of the stage."""


FAULTS: dict[str, Fault] = {}


def fault(
    name: str, meaning: str, stage: Stage, *, after: int = 0, times: int = 0
) -> Callable[[Act], Act]:
    """Enter a function into the table.

    Args:
        after: how many requests go well first, unless the switch says otherwise.
        times: how many requests it then spoils; 0 is for ever.
    """

    def enter(act: Act) -> Act:
        usual: dict[str, Option] = {"after": after, "times": times}
        if stage is Stage.ITEM:
            usual["rows"] = USUAL_ROWS
        parameters = inspect.signature(act).parameters.values()
        keywords = {
            each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY
        }
        FAULTS[name] = Fault(name, meaning, stage, act, keywords, {**usual, **keywords})
        return act

    return enter
