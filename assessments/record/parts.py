"""Name the parts of a decision record: texts, ready to be shown and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Row = tuple[str, str]
"""A label and what stands beside it."""


@dataclass(frozen=True)
class AnsweredCriterion:
    code: str
    name: str
    weight: int
    is_gate: bool
    answer: str
    anchor: str
    """Meaning of this rating in the template."""
    comment: str
    author: str


@dataclass(frozen=True)
class AnsweredGroup:
    code: str
    name: str
    score: str
    criteria: list[AnsweredCriterion]


@dataclass(frozen=True)
class AnsweredKnockout:
    label: str
    text: str
    reply: str
    comment: str


@dataclass(frozen=True)
class Scored:
    """A submitted version."""

    version: str
    submitted: str
    template: str
    score: str
    band: str
    feedback: str
    recommendation: str
    caps: list[str]
    sa_recommendation: str
    sa_reason: str
    confidence: str
    groups: list[AnsweredGroup]
    knockouts: list[AnsweredKnockout]
    competitors: list[Mapping[str, str]]
    recorded: list[Row]
    authors: list[Row]
    """Who wrote which parts, and for whom."""


@dataclass(frozen=True)
class Decided:
    headline: str
    action: str
    by: str
    at: str
    first_approved_by: str
    computed: str
    is_override: bool
    reason_code: str
    reason: str
    is_unscored: bool


@dataclass(frozen=True)
class ConditionLine:
    text: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True)
class AttachmentLine:
    name: str
    where: str
    """Of a link its address, of a file the start of its digest."""
    by: str
    at: str


@dataclass(frozen=True)
class ReviewLine:
    criterion: str
    """With the version it was raised on."""
    comment: str
    """The comment and its replies, with author and time."""
    state: str


@dataclass(frozen=True)
class HistoryLine:
    at: str
    what: str
    by: str
    reason: str


@dataclass(frozen=True)
class Record:
    number: str
    name: str
    customer: str
    facts: list[Row]
    facts_as_of: str
    mirror: str
    """Last complete sync at that moment."""
    decision: Decided | None
    scored: Scored | None
    conditions: list[ConditionLine]
    attachments: list[AttachmentLine]
    """As they were when it was decided."""
    review: list[ReviewLine]
    history: list[HistoryLine]
    printed: str
    seal: str
    """Proof that events, decisions and versions are unchanged; see docs/audit.md."""
