"""Compose the mail that tells of alarms."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.core.mail import EmailMessage

from bqs.models import Alarm


def mail_of(alarms: Sequence[Alarm]) -> EmailMessage:
    """Return one mail for all of them; each `reminded_at` says what people knew before it."""
    lasting = [each for each in alarms if each.ended_at is None]
    count = f"{len(lasting)} alarm{'s' if len(lasting) > 1 else ''}"
    return EmailMessage(
        f"BQS: {count}" if lasting else "BQS: all clear",
        "\n".join([*_lines(alarms), "", f"All alarms: {settings.SITE_URL}/admin/bqs/alarm/"]),
        to=settings.ALERT_TO,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _lines(alarms: Sequence[Alarm]) -> Iterator[str]:
    for alarm in alarms:
        since = f"since {alarm.since:%Y-%m-%d %H:%M} UTC"
        if alarm.ended_at:
            yield f"- Over ({since}): {alarm.sentence}"
        else:
            yield f"- {'Still' if alarm.reminded_at else 'New'} ({since}): {alarm.sentence}"
