"""Explain which deal-breakers cap a recommendation. Pure: no queries, no HTTP."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.rules import (
    AnswerKind,
    Answers,
    CapRule,
    CapTrigger,
    Criterion,
    KnockoutReply,
    Recommendation,
    Replies,
    TemplateRules,
)


@dataclass(frozen=True)
class FiredCap:
    trigger: CapTrigger
    caps_at: Recommendation
    sentence: str


@dataclass(frozen=True)
class Findings:
    """Facts that caps look at; a group without a final score is left out."""

    answers: Answers
    replies: Replies
    group_scores: Mapping[str, Decimal]
    unknown_share: Decimal


def fired_caps(rules: TemplateRules, findings: Findings) -> tuple[FiredCap, ...]:
    return tuple(
        FiredCap(rule.trigger, rule.caps_at, f"{why}: {rule.caps_at.label} at most.")
        for rule in rules.caps
        for why in _reasons(rule, rules, findings)
    )


def _reasons(rule: CapRule, rules: TemplateRules, findings: Findings) -> Iterator[str]:
    match rule.trigger:
        case CapTrigger.KNOCKOUT_NO:
            return _replied(KnockoutReply.NO, rules, findings)
        case CapTrigger.KNOCKOUT_UNKNOWN:
            return _replied(KnockoutReply.UNKNOWN, rules, findings)
        case CapTrigger.GATE_UNKNOWN:
            return _unknown_gates(rules, findings)
        case CapTrigger.GATE_RATED:
            return _rated_gates(rule.threshold, rules, findings)
        case CapTrigger.GROUP_BELOW:
            return _weak_groups(rule.threshold, rules, findings)
        case CapTrigger.UNKNOWN_ABOVE:
            return _unknown_share(rule.threshold, findings)


def _replied(reply: KnockoutReply, rules: TemplateRules, findings: Findings) -> Iterator[str]:
    for code, text in rules.knockouts.items():
        if findings.replies.get(code) == reply:
            yield f"Knock-out {code} ({text}) is answered {reply.label}"


def _unknown_gates(rules: TemplateRules, findings: Findings) -> Iterator[str]:
    for gate in _gates(rules):
        answer = findings.answers.get(gate.code)
        if answer and answer.kind == AnswerKind.UNKNOWN:
            yield f"Gate {gate.code} ({gate.name}) is Unknown"


def _rated_gates(rating: Decimal, rules: TemplateRules, findings: Findings) -> Iterator[str]:
    for gate in _gates(rules):
        answer = findings.answers.get(gate.code)
        if answer and answer.rating == rating:
            yield f"Gate {gate.code} ({gate.name}) is rated {answer.rating}"


def _weak_groups(floor: Decimal, rules: TemplateRules, findings: Findings) -> Iterator[str]:
    for code, name in rules.groups.items():
        score = findings.group_scores.get(code)
        if score is not None and score < floor:
            yield f"Group {code} ({name}) scores {score}, below {_plain(floor)}"


def _unknown_share(limit: Decimal, findings: Findings) -> Iterator[str]:
    if findings.unknown_share > limit:
        yield f"{findings.unknown_share}% of the weight is Unknown, above {_plain(limit)}%"


def _gates(rules: TemplateRules) -> list[Criterion]:
    return [each for each in rules.criteria if each.is_gate]


def _plain(number: Decimal) -> str:
    """Return 40 for 40.00."""
    return f"{number.normalize():f}"
