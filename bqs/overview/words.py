"""The parameters of the API's list in the words of the admin's."""

from collections.abc import Mapping
from typing import Any

from assessments.figures import OVERRIDE, UNSCORED
from opportunities.figures import ANY_ATTENTION, NO_CURRENCY

NAMES = {
    "workflow_status": "workflow_status__exact",
    "decision": "decision__exact",
    "attention_reason": "attention",
    "assigned_sa": "sa",
}
FLAGS = {
    "overdue": ("clock", "overdue"),
    "attention": ("attention", ANY_ATTENTION.name),
    "override": ("decided", OVERRIDE),
    "unscored": ("decided", UNSCORED),
}
# The admin's list has months for it, which the widgets add.
BOUNDS = ("decided_from", "decided_before")


def in_admin_words(narrowed: Mapping[str, Any]) -> dict[str, Any]:
    """Any of several values, as of "decided", is what the admin's list has without a filter."""
    told = {}
    for name, value in narrowed.items():
        if name in FLAGS:
            other, word = FLAGS[name]
            told[other] = word
        elif name == "currency":
            told[name] = value or NO_CURRENCY
        elif name not in BOUNDS and not isinstance(value, list):
            told[NAMES.get(name, name)] = str(value)
    return told
