"""Examine what BQS speaks with: the mail server and Oracle."""

from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from bqs.doctor.finding import Finding
from notifications.channels.mail import failure_text
from sync.discovery.first_look import look_at_oracle


def mail(address: str = "") -> Iterator[Finding]:
    """Sign in to the mail server; mail to this address, if there is one."""
    if not settings.ALERT_TO:
        yield Finding("Mail", "ALERT_TO is blank: nobody is mailed what is wrong.", is_well=None)
    if not settings.EMAIL_HOST:
        yield Finding("Mail", "EMAIL_HOST is blank: mails go to the console.", is_well=None)
        return
    server = get_connection()
    try:
        server.open()
        if address:
            EmailMessage("BQS: a test", "Mail works.", to=[address], connection=server).send()
        yield Finding("Mail", f"A mail was sent to {address}." if address else "Mail can be sent.")
    except OSError as error:
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        sentence = f"{where} takes no mail; see EMAIL_… in .env. {failure_text(error)}"
        yield Finding("Mail", sentence, is_well=False)
    finally:
        server.close()


def oracle() -> Iterator[Finding]:
    """Look at Oracle as check_oracle does; a login that was refused lately is not tried."""
    file = settings.BASE_DIR / ".env"
    look = look_at_oracle({}, file, try_again=False, on_question=lambda what: None)
    for each in look.problems:
        yield Finding("Oracle", each.sentence, is_well=False if each.stops else None)
    if not look.problems:
        yield Finding("Oracle", "Nothing stands in the way of a sync.")
