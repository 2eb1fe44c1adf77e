"""Hold what a survey of a tenant found. None, or an empty value, means "not told". Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sync.oracle.transport.config import OracleConfig

TEXT, NUMBER, DATE = "text", "number", "date"
KIND_OF_WORD = {
    **dict.fromkeys(("string", "text"), TEXT),
    **dict.fromkeys(("integer", "number", "decimal", "long", "int", "float"), NUMBER),
    **dict.fromkeys(("date", "datetime", "timestamp"), DATE),
}
LIKE_A_DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")


@dataclass(frozen=True)
class Shown:
    """Hold one answer of the list with one finder."""

    finder: str
    rows: int = 0
    """Received in one answer."""
    has_more: bool = False
    total: int | None = None
    """The number that Oracle counts, where it is plausible."""
    last_id: int = 0
    """The highest id of the answer: of two lists that are cut off, the denser shows more."""
    refusal: str = ""

    @property
    def count_in_words(self) -> str:
        if self.refusal:
            return "refused"
        if self.total is not None:
            return f"{self.total:,}"
        return f"more than {self.rows:,}" if self.has_more else f"{self.rows:,}"

    @property
    def reach(self) -> tuple[bool, int, int]:
        """Return what orders answers by how much they show."""
        known = self.rows if self.total is None else max(self.total, self.rows)
        return not self.refusal, known, -self.last_id


@dataclass(frozen=True)
class SeenAttribute:
    name: str
    kind: str = ""
    """text, number or date: as describe says, or as the values look."""
    is_queryable: bool | None = None
    filled: float | None = None
    """The share of the sample that has a value, from 0 to 1."""


@dataclass
class Findings:
    config: OracleConfig
    """The settings that worked, or the last that were tried."""
    requests: int = 0
    versions: list[str] = field(default_factory=list)
    framework_versions: list[str] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    """By finder; the first is the one of the settings."""
    is_counted: bool | None = None
    """Whether Oracle says how many records a list has."""
    count_of_status: dict[str, int | None] = field(default_factory=dict)
    """None: in use, but not counted."""
    stages: list[str] = field(default_factory=list)
    is_described: bool = False
    attributes: Mapping[str, SeenAttribute] = field(default_factory=dict)
    sample_size: int = 0
    page_limit: int | None = None
    """The most records an answer has, where it has fewer than were asked for."""
    is_readable: bool | None = None
    """Whether a page is given with all the attributes that a sync asks for."""
    is_by_id: bool | None = None
    """Whether q takes an id beside the finder."""
    is_by_offset: bool | None = None
    is_by_change: bool | None = None
    """Whether q takes the time of the last change beside the finder."""
    clock_ahead_s: float | None = None
    """Seconds that Oracle's clock is ahead of ours."""
    refusals: dict[str, str] = field(default_factory=dict)
    """Question in words -> why it had no answer."""
    end: str = ""
    """The sentence that ended the survey early."""

    @property
    def best(self) -> Shown | None:
        """Return the list that shows most; of equals, the first."""
        best = max(self.shown, key=lambda each: each.reach, default=None)
        return best if best and not best.refusal else None

    @property
    def known(self) -> int:
        """Return how many records there are, as far as Oracle says."""
        return self.best.reach[1] if self.best else 0


def described(answer: Any) -> dict[str, SeenAttribute]:
    """Return the attributes that an answer to describe names; {} where it is no such answer."""
    try:
        attributes = answer["Resources"]["opportunities"]["attributes"]
        return {each["name"]: _described(each) for each in attributes}
    except (LookupError, TypeError):
        return {}


def _described(attribute: dict[str, Any]) -> SeenAttribute:
    kind = KIND_OF_WORD.get(str(attribute.get("type", "")).lower(), "")
    queryable = attribute.get("queryable")
    is_queryable = queryable if isinstance(queryable, bool) else None
    return SeenAttribute(attribute["name"], kind, is_queryable)


def kind_of_values(values: Iterable[Any]) -> str:
    """Return the kind that all values have, or a blank where they differ."""
    kinds = {_kind_of(value) for value in values}
    return kinds.pop() if len(kinds) == 1 else ""


def _kind_of(value: Any) -> str:
    if isinstance(value, str):
        return DATE if LIKE_A_DATE.fullmatch(value) else TEXT
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return NUMBER if is_number else ""
