"""A word with a sign of its own shape: the colour never says it alone."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from opportunities.clocks import ClockState
from opportunities.models import Opportunity
from opportunities.workflow import WorkflowStatus

# The names are those of the theme's icon font.
STATE_ICONS = {
    WorkflowStatus.NEW: ("radio_button_unchecked", "new"),
    WorkflowStatus.ASSIGNED: ("radio_button_checked", "new"),
    WorkflowStatus.IN_ASSESSMENT: ("contrast", "work"),
    WorkflowStatus.IN_REVIEW: ("clock_loader_80", "review"),
    WorkflowStatus.RETURNED: ("undo", "warn"),
    WorkflowStatus.CONDITIONAL: ("rule", "warn"),
    WorkflowStatus.APPROVED: ("check_circle", "good"),
    WorkflowStatus.NO_BID: ("cancel", "bad"),
    WorkflowStatus.ON_HOLD: ("pause_circle", "warn"),
    WorkflowStatus.CLOSED_IN_CRM: ("do_not_disturb_on", "quiet"),
}
CLOCK_ICONS = {
    ClockState.OK: ("schedule", "quiet", "OK"),
    ClockState.DUE_SOON: ("timer", "warn", "Due soon"),
    ClockState.OVERDUE: ("alarm", "bad", "Overdue"),
}


def mark(icon: str, tone: str, word: str, title: str = "") -> SafeString:
    return format_html(
        '<span class="bqs-mark bqs-{}"><span class="material-symbols-outlined" aria-hidden="true">'
        "{}</span>{}{}</span>",
        tone,
        icon,
        word,
        format_html(" <small>{}</small>", title) if title else "",
    )


def state_mark(status: str) -> SafeString:
    state = WorkflowStatus(status)
    return mark(*STATE_ICONS[state], str(state.label))


def clock_mark(deal: Opportunity, now: datetime) -> SafeString | None:
    """Nothing in a state without a clock."""
    state = deal.clock_state(now)
    if state not in CLOCK_ICONS or deal.due_at is None:
        return None
    due = date_format(localtime(deal.due_at), "j M")
    return mark(*CLOCK_ICONS[state], title=due)
