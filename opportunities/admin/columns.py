"""Show an opportunity in a row of the list."""

from datetime import date
from decimal import Decimal

from django.contrib import admin
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from opportunities.admin.marks import clock_mark, state_mark
from opportunities.lists.columns import working_days_in_state
from opportunities.lists.presentation import in_words, money, percent, person
from opportunities.models import Opportunity

# PostgreSQL puts empty ones above all, SQLite below.
SCORE_OR_LOWEST = Coalesce("score", Value(Decimal(-1)))


class OpportunityColumns:
    @admin.display(description="number", ordering=F("opty_number__in_order"))
    def number(self, deal: Opportunity) -> str:
        return deal.opty_number or deal.remote_id

    @admin.display(description="opportunity", ordering=F("name__in_order"))
    def deal(self, deal: Opportunity) -> SafeString:
        flags = format_html_join(" ", "<em>{}</em>", ((flag,) for flag in flags_of(deal)))
        return format_html(
            '<span class="bqs-deal">{}<small>{}</small>{}</span>',
            deal.name,
            deal.customer or "–",
            flags,
        )

    @admin.display(description="value", ordering="deal_value")
    def value(self, deal: Opportunity) -> str | None:
        return money(deal.deal_value, deal.currency)

    @admin.display(description="win %", ordering="win_probability")
    def win(self, deal: Opportunity) -> str | None:
        return percent(deal.win_probability)

    @admin.display(description="state", ordering="workflow_status")
    def status(self, deal: Opportunity) -> SafeString:
        return state_mark(deal.workflow_status)

    @admin.display(description="SA", ordering=F("assigned_sa__username__in_order"))
    def sa(self, deal: Opportunity) -> str:
        return person(deal.assigned_sa)

    @admin.display(description="close", ordering="close_date")
    def close(self, deal: Opportunity) -> date | None:
        return deal.close_date

    @admin.display(description="age", ordering="-status_entered_at")
    def age(self, deal: Opportunity) -> str:
        """Count working days in this state."""
        return f"{working_days_in_state(deal, timezone.now())} d"

    @admin.display(description="clock", ordering="due_at")
    def clock(self, deal: Opportunity) -> SafeString | None:
        return clock_mark(deal, timezone.now())

    @admin.display(description="score", ordering=SCORE_OR_LOWEST)
    def score_and_band(self, deal: Opportunity) -> SafeString | None:
        if deal.score is None:
            return None
        band = (deal.band or "").capitalize()
        return format_html('{} <small class="bqs-band">{}</small>', f"{deal.score:.1f}", band)

    @admin.display(description="priority", ordering=F("priority__in_order"))
    def priority_label(self, deal: Opportunity) -> str:
        return deal.get_priority_display()

    @admin.display(description="updated", ordering="crm_updated_at")
    def updated(self, deal: Opportunity) -> date:
        return localdate(deal.crm_updated_at)

    @admin.display(description="further CRM attributes")
    def further_attributes(self, deal: Opportunity) -> SafeString | None:
        if not deal.extra:
            return None
        lines = ((name, in_words(value)) for name, value in deal.extra.items())
        return format_html(
            '<dl class="bqs-terms">{}</dl>', format_html_join("", "<dt>{}</dt> <dd>{}</dd>", lines)
        )


def flags_of(deal: Opportunity) -> list[str]:
    flags = {
        "Removed in CRM": deal.removed_in_crm_at,
        "Reopened": deal.is_reopened,
        "Needs re-qualification": deal.needs_requalification,
        "Changed since you looked": getattr(deal, "is_changed_since", False),
    }
    return [flag for flag, is_up in flags.items() if is_up]
