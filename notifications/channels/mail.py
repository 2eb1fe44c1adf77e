"""Mail people, one by one or once a day, as text and as HTML."""

from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from notifications.channels.notice import Notice, notice_of, still_concerns
from notifications.reminders.agenda import Part, agenda_of
from notifications.reminders.days import DAY
from opportunities.lists.presentation import person
from outbox.channels import NotDelivered
from outbox.models import Delivery, DeliveryState

MINUTES = (2, 10, 30, 120, 480)
OF_ONE_MESSAGE = (SMTPRecipientsRefused, SMTPDataError)


class Mail:
    @property
    def pauses(self) -> Sequence[timedelta]:
        """Leave time for ten slow answers of the server."""
        least = timedelta(seconds=10 * (settings.EMAIL_TIMEOUT or 10))
        return [max(least, timedelta(minutes=each)) for each in MINUTES]

    def deliver(self, delivery: Delivery) -> None:
        if still_concerns(delivery):
            notice = notice_of(delivery)
            context = {"notice": notice, "deal": notice.deal, "entry": notice.entry}
            send(delivery, "mail", context | {"subject": notice.subject, "link": notice.link})


class Digest(Mail):
    def deliver(self, delivery: Delivery) -> None:
        """Tell in one mail what waits for the same moment."""
        others = self._reserve_others(delivery)
        together = [each for each in (delivery, *others) if still_concerns(each)]
        together.sort(key=lambda each: each.created_at)
        news = [each for each in together if each.event.name != DAY.name]
        notices = [notice_of(each) for each in news]
        agenda = agenda_of(delivery.recipient) if len(news) < len(together) else []
        if notices or agenda:
            # The oldest one names the mail, so that a repeat has the same name.
            context = {"notices": notices, "agenda": agenda, "subject": _subject(notices, agenda)}
            send(together[0], "digest", context)
        ids = [each.pk for each in others]
        now = timezone.now()
        values = {"state": DeliveryState.DELIVERED, "delivered_at": now, "last_failure": ""}
        Delivery.objects.filter(pk__in=ids).update(**values)

    @transaction.atomic
    def _reserve_others(self, delivery: Delivery) -> list[Delivery]:
        """Keep other workers from them for as long as from this one."""
        due = Delivery.objects.filter(
            channel=delivery.channel,
            recipient=delivery.recipient,
            state=DeliveryState.WAITING,
            next_try_at__lte=timezone.now(),
        ).select_for_update(skip_locked=True, of=("self",))
        others = list(due.select_related("event", "recipient"))
        reserved = Delivery.objects.filter(pk__in=[each.pk for each in others])
        reserved.update(tries=F("tries") + 1, next_try_at=delivery.next_try_at)
        return others


def _subject(notices: Sequence[Notice], agenda: Sequence[Part]) -> str:
    told = [f"{part.total} {part.title.lower()}" for part in agenda]
    told += [f"{len(notices)} notice{'s' if len(notices) > 1 else ''}"] if notices else []
    return f"BQS: {', '.join(told)}"


def send(delivery: Delivery, template: str, context: dict[str, object]) -> None:
    """Send one mail. Raises: NotDelivered."""
    user = delivery.recipient
    # An address that was corrected since is taken.
    address = (user and user.email) or delivery.target
    context |= {"name": person(user), "site": settings.SITE_URL}
    mail = EmailMultiAlternatives(
        str(context["subject"]),
        render_to_string(f"notifications/{template}.txt", context),
        to=[address],
        headers={"Message-ID": message_id(delivery), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(
        render_to_string(f"notifications/{template}.html", context), "text/html"
    )
    try:
        mail.send()
    except OSError as error:
        of_server = not isinstance(error, OF_ONE_MESSAGE)
        raise NotDelivered(failure_text(error), of_server=of_server) from None
    if address != delivery.target:
        Delivery.objects.filter(pk=delivery.pk).update(target=address)


def message_id(delivery: Delivery) -> str:
    """Return the same id at each try, so that a second copy can be recognised."""
    return f"<notice-{delivery.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def failure_text(error: Exception) -> str:
    """Return the mail server's answer, or the reason for which it was not reached."""
    match error:
        case SMTPRecipientsRefused():
            return "; ".join(_answer(*each) for each in error.recipients.values())
        case SMTPResponseException():
            return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {text}".replace("\0", "")
