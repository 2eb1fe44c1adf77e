"""Mark states by a word and a sign of its own shape: the colour never says it alone."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from opportunities.domain.clocks import ClockState
from opportunities.domain.states import STATES, Tone, WorkflowStatus
from opportunities.models import Opportunity

# The names are those of the theme's icon font.
STATE_ICONS = {
    WorkflowStatus.NEW: "radio_button_unchecked",
    WorkflowStatus.ASSIGNED: "radio_button_checked",
    WorkflowStatus.IN_ASSESSMENT: "contrast",
    WorkflowStatus.IN_REVIEW: "clock_loader_80",
    WorkflowStatus.RETURNED: "undo",
    WorkflowStatus.CONDITIONAL: "rule",
    WorkflowStatus.APPROVED: "check_circle",
    WorkflowStatus.NO_BID: "cancel",
    WorkflowStatus.ON_HOLD: "pause_circle",
    WorkflowStatus.CLOSED_IN_CRM: "do_not_disturb_on",
}
CLOCK_ICONS = {
    ClockState.OK: ("schedule", Tone.MUTED, "OK"),
    ClockState.DUE_SOON: ("timer", Tone.WARNING, "Due soon"),
    ClockState.OVERDUE: ("alarm", Tone.BAD, "Overdue"),
}


def mark(icon: str, tone: Tone, word: str, title: str = "") -> SafeString:
    return format_html(
        '<span class="bqs-mark bqs-tone-{}">'
        '<span class="material-symbols-outlined" aria-hidden="true">'
        "{}</span>{}{}</span>",
        tone,
        icon,
        word,
        format_html(" <small>{}</small>", title) if title else "",
    )


def state_mark(status: str) -> SafeString:
    state = WorkflowStatus(status)
    return mark(STATE_ICONS[state], STATES[state].tone, str(state.label))


def clock_mark(deal: Opportunity, now: datetime) -> SafeString | None:
    """Return nothing in a state without a clock."""
    state = deal.clock_state(now)
    if state not in CLOCK_ICONS or deal.due_at is None:
        return None
    due = date_format(localtime(deal.due_at), "j M")
    return mark(*CLOCK_ICONS[state], title=due)
