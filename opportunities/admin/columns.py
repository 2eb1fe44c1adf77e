"""What is shown of an opportunity, in lists and on its page."""

from datetime import date

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from opportunities.models import Opportunity
from opportunities.presentation import WORKFLOW_COLOURS, badge, in_words, money, percent, person
from opportunities.workflow import WorkflowStatus


class OpportunityColumns:
    @admin.display(description="number", ordering="opty_number")
    def number(self, deal: Opportunity) -> str:
        return deal.opty_number or deal.remote_id

    @admin.display(description="opportunity", ordering="name")
    def deal(self, deal: Opportunity) -> SafeString:
        removed = deal.removed_in_crm_at and format_html("<em>{}</em>", "Removed in CRM")
        return format_html(
            '<span class="bqs-deal">{}<small>{}</small>{}</span>',
            deal.name,
            deal.customer or "–",
            removed or "",
        )

    @admin.display(description="deal value", ordering="deal_value")
    def value(self, deal: Opportunity) -> str | None:
        return money(deal.deal_value, deal.currency)

    @admin.display(description="win %", ordering="win_probability")
    def win(self, deal: Opportunity) -> str | None:
        return percent(deal.win_probability)

    @admin.display(description="status", ordering="workflow_status")
    def status(self, deal: Opportunity) -> str:
        return badge(WorkflowStatus(deal.workflow_status), WORKFLOW_COLOURS)

    @admin.display(description="SA", ordering="assigned_sa__username")
    def sa(self, deal: Opportunity) -> str | None:
        return person(deal.assigned_sa) if deal.assigned_sa else None

    @admin.display(description="updated in CRM", ordering="crm_updated_at")
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
