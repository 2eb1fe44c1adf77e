"""Answer with the policy of a site: limits, clocks, habits that administrators change at work.

Each value begins as the setting of that name. What an administrator decides instead is kept in
the database, as text in the form that the setting has.
"""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings

from opportunities.domain import written_values as read
from opportunities.domain.written_values import Reader

log = logging.getLogger(__name__)


class PolicyField(NamedTuple):
    name: str
    """Of the setting, and of the policy."""
    label: str
    reader: Reader


SECTIONS: dict[str, tuple[PolicyField, ...]] = {
    "Who may claim and decide": (
        PolicyField("CLAIMING", "SAs may claim deals", read.flag),
        PolicyField("CLAIM_LIMITS", "SAs claim up to", read.amounts),
        PolicyField("LEAD_LIMITS", "Leads decide up to", read.amounts),
        PolicyField("SECOND_APPROVAL_LIMITS", "Two people approve from", read.amounts),
        PolicyField("DECISION_REQUIRED_MIN_VALUE", "A decision is required from", read.amounts),
    ),
    "Clocks": (
        PolicyField("CLOCK_ASSIGN_DAYS", "Days to assign", read.number),
        PolicyField("CLOCK_FIRST_ANSWER_DAYS", "Days to start", read.number),
        PolicyField("CLOCK_SUBMIT_DAYS", "Days to submit", read.number),
        PolicyField("CLOCK_DECIDE_DAYS", "Days to decide", read.number),
        PolicyField("HOLIDAYS", "Holidays", read.dates),
        PolicyField("ATTENTION_DAYS", "Days before a bid is due", read.whole),
        PolicyField("ORPHAN_DAYS", "Days in the orphan queue", read.whole),
        PolicyField("UNDO_SECONDS", "Seconds to undo", read.whole),
        PolicyField("DECISION_REMINDER_HOURS", "Hours until a reminder to decide", read.whole),
        PolicyField("ESCALATION_DAYS", "Days overdue until the leads are told", read.whole),
        PolicyField("SA_LOAD_LIMIT", "Open deals of one SA", partial(read.whole, least=1)),
    ),
    "Material changes in Oracle": (
        PolicyField("MATERIAL_VALUE_PERCENT", "Change of the value, %", read.number),
        PolicyField("MATERIAL_CLOSE_DATE_DAYS", "Change of the close date, days", read.whole),
        PolicyField("SALES_STAGES", "Sales stages in order", read.words),
    ),
    "Figures": (PolicyField("REPORTING_CURRENCY", "Reporting currency", read.currency),),
}
FIELDS: dict[str, PolicyField] = {
    field.name: field for fields in SECTIONS.values() for field in fields
}

Decided = Mapping[str, Any]
_decided: Callable[[], Decided] = dict


def register_decided(reader: Callable[[], Decided]) -> None:
    """Let whoever keeps the administrators' values tell them."""
    global _decided
    _decided = reader


def values_of(texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of kept texts; one that this version cannot read is left to the setting."""
    values = {}
    for name, text in texts.items():
        try:
            values[name] = FIELDS[name].reader(text)
        except (KeyError, ValueError) as error:
            log.warning("The policy %s is left to its setting: %s", name, error)
    return values


class Policy:
    """Answer with what an administrator decided, else with the setting of that name."""

    def __getattr__(self, name: str) -> Any:
        decided = _decided()
        return decided[name] if name in decided else getattr(settings, name)


policy = Policy()
