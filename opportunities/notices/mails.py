"""Compose the mail of a notice, with a link to a page that its reader may open."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from opportunities.access.permissions import VIEW
from opportunities.history.audit_trail import with_names
from opportunities.history.timeline import entry_of
from opportunities.lists.presentation import person
from opportunities.models import Notice, Opportunity


def mail_of(notice: Notice, connection: BaseEmailBackend) -> EmailMessage:
    deal = Opportunity.objects.get(remote_id=notice.event.opportunity_id)
    entry = entry_of(*with_names([notice.event]))
    context = {
        "notice": notice,
        "deal": deal,
        "entry": entry,
        "changes": entry.changes,
        "name": person(notice.recipient),
        "link": f"{settings.SITE_URL}{page_for(notice.recipient, deal)}",
    }
    return EmailMessage(
        notice.subject,
        render_to_string("opportunities/notice.txt", context),
        to=[notice.address],
        headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def message_id(notice: Notice) -> str:
    """Return the same id at each try, so that a second copy can be recognised."""
    return f"<notice-{notice.key}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def page_for(user: User, deal: Opportunity) -> str:
    """Return the admin's page for staff with the right to it, for others the site's own."""
    if user.is_staff and user.has_perm(VIEW):
        return reverse("admin:opportunities_opportunity_change", args=[deal.pk])
    return f"/opportunities/{deal.pk}"
