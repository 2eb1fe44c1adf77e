"""Say in a sentence what a rule does."""

from collections.abc import Iterable, Iterator

from notifications.models import Channel, Rule
from notifications.models.rule import RECIPIENTS
from opportunities.domain.states import WorkflowStatus
from outbox.events import catalogue

BY = {
    Channel.BELL: "by the bell",
    Channel.MAIL: "by mail",
    Channel.DIGEST: "by one mail a day",
}


def sentence_of(rule: Rule) -> str:
    return f"{_when(rule)}: {_what(rule)}{_quiet(rule)}."


def _when(rule: Rule) -> str:
    titles = [catalogue[name].title if name in catalogue else name for name in rule.events]
    return " ".join([_listed(titles, "or") or "Whatever happens", *_conditions(rule)])


def _conditions(rule: Rule) -> Iterator[str]:
    if rule.practices:
        yield f"in {_listed(rule.practices, 'or')}"
    if rule.min_value:
        yield f"from {rule.min_value}"
    if rule.max_value:
        yield f"up to {rule.max_value}"
    if rule.states:
        labels = [str(WorkflowStatus(state).label) for state in rule.states]
        yield f"while it is {_listed(labels, 'or')}"


def _what(rule: Rule) -> str:
    if rule.endpoint:
        return f"post it to {rule.endpoint}"
    labels = dict(RECIPIENTS)
    people = _listed([labels.get(each, each) for each in rule.recipients])
    return f"tell {people} {_listed([BY[Channel(each)] for each in rule.channels])}"


def _quiet(rule: Rule) -> str:
    if rule.quiet_from is None or rule.quiet_until is None:
        return ""
    return f", but not from {rule.quiet_from:%H:%M} until {rule.quiet_until:%H:%M}"


def _listed(words: Iterable[str], joint: str = "and") -> str:
    *first, last = list(words) or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last
