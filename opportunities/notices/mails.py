"""Compose the mail of a notice, as text and as HTML."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from opportunities.history.audit_trail import with_names
from opportunities.history.timeline import entry_of
from opportunities.lists.presentation import person
from opportunities.models import Notice, Opportunity


def mail_of(notice: Notice, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    deal = Opportunity.objects.get(remote_id=notice.event.opportunity_id)
    entry = entry_of(*with_names([notice.event]))
    context = {
        "subject": notice.subject,
        "deal": deal,
        "entry": entry,
        "name": person(notice.recipient),
        "site": settings.SITE_URL,
        "link": f"{settings.SITE_URL}/opportunities/{deal.pk}",
    }
    mail = EmailMultiAlternatives(
        notice.subject,
        render_to_string("notifications/mail.txt", context),
        to=[notice.address],
        headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail


def message_id(notice: Notice) -> str:
    """Return the same id at each try, so that a second copy can be recognised."""
    return f"<notice-{notice.key}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"
