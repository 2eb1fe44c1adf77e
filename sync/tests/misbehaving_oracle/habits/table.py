"""Hold the table of variations. Each is a class, its options are the class's fields."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import ClassVar, TypeVar, dataclass_transform

from sync.simulator.habits import Habit
from sync.tests.misbehaving_oracle.options import Option, looked_up, read_options


class Variation(Habit):
    name: ClassVar[str]
    meaning: ClassVar[str]

    @classmethod
    def options(cls) -> dict[str, Option]:
        return {each.name: each.default for each in fields(cls) if each.init}  # type: ignore[arg-type, misc]


Varied = TypeVar("Varied", bound=type[Variation])
VARIATIONS: dict[str, type[Variation]] = {}


@dataclass_transform(field_specifiers=(field,))
def variation(name: str, meaning: str) -> Callable[[Varied], Varied]:
    """Make a class a dataclass, and enter it into the table."""

    def enter(habit: Varied) -> Varied:
        habit.name, habit.meaning = name, meaning
        VARIATIONS[name] = dataclass(habit)
        return habit

    return enter


def read_variation(word: str) -> Variation:
    """Read `name:option=value,option=value`; a list of names has a + between them."""
    name, habit, rest = looked_up("variation", word, VARIATIONS)
    return habit(**read_options(f"variation {name}", rest, habit.options()))
