"""A notice as its reader gets it: words, names, and a link to a page that opens."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from opportunities.models import Notice, Opportunity
from opportunities.presentation import person
from opportunities.timeline import Entry, entry_of

SA = "Assigned SA"


def mail_of(notice: Notice, connection: BaseEmailBackend) -> EmailMessage:
    deal = Opportunity.objects.get(remote_id=notice.event.opportunity_id)
    entry = entry_of(notice.event)
    context = {
        "notice": notice,
        "deal": deal,
        "entry": entry,
        "changes": _with_names(entry),
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
    """The same each time it is tried."""
    return f"<notice-{notice.key}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def page_for(user: User, deal: Opportunity) -> str:
    """The admin is for staff with the right to it; the site's own page is for everybody."""
    if user.is_staff and user.has_perm("opportunities.view_opportunity"):
        return reverse("admin:opportunities_opportunity_change", args=[deal.pk])
    return f"/opportunities/{deal.pk}"


def _with_names(entry: Entry) -> list[tuple[str, str, str]]:
    """An event keeps the SA's user name, which stays when the account goes."""
    names: dict[str, Any] = {
        user.get_username(): person(user)
        for user in User.objects.filter(
            username__in=[word for _, *words in entry.changes for word in words]
        )
    }
    return [
        (what, names.get(old, old), names.get(new, new)) if what == SA else (what, old, new)
        for what, old, new in entry.changes
    ]
