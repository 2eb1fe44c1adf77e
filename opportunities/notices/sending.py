"""Send waiting notices one by one, outside of requests and transactions."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, transaction
from django.utils import timezone

from opportunities.models import Notice, NoticeState
from opportunities.notices.mails import mail_of

log = logging.getLogger(__name__)
PAUSES = [timedelta(minutes=minutes) for minutes in (2, 10, 30, 120, 480)]
MOST_TRIES = len(PAUSES) + 1
OF_ONE_MESSAGE = (SMTPRecipientsRefused, SMTPDataError)
MOST_WORDS = 1000


@dataclass
class Tally:
    sent: int = 0
    failed: int = 0


def send_waiting() -> Tally:
    """Send what is due; stop when the server cannot be reached."""
    tally = Tally()
    while notice := _claim():
        try:
            mail_of(notice, get_connection()).send()
        except Exception as error:
            tally.failed += 1
            _note_failure(notice, error)
            if _is_of_the_server(error):
                break
        else:
            tally.sent += 1
            _note(notice, state=NoticeState.SENT, sent_at=timezone.now(), last_failure="")
    return tally


@transaction.atomic
def _claim() -> Notice | None:
    """Reserve the next one for as long as a try can last; if we die, another tries again."""
    now = timezone.now()
    due = Notice.objects.filter(state=NoticeState.WAITING, next_try_at__lte=now)
    of_others = due.select_for_update(skip_locked=True, of=("self",))
    notice = of_others.select_related("event", "recipient").order_by("next_try_at", "id").first()
    if notice:
        notice.tries += 1
        notice.next_try_at = now + _pause_after(notice.tries)
        # Use an address that was corrected since.
        notice.address = notice.recipient.email or notice.address
        notice.save(update_fields=["tries", "next_try_at", "address"])
    return notice


def _pause_after(tries: int) -> timedelta:
    """Leave time for ten slow answers of the server."""
    least = timedelta(seconds=10 * (settings.EMAIL_TIMEOUT or 10))
    return max(least, PAUSES[min(tries, len(PAUSES)) - 1])


def _note_failure(notice: Notice, error: Exception) -> None:
    words = failure_text(error)[:MOST_WORDS]
    is_last = notice.tries >= MOST_TRIES
    log.warning(
        "Notice %s (%s) of event %s: try %s of %s failed: %s",
        notice.pk,
        notice,
        notice.event_id,
        notice.tries,
        MOST_TRIES,
        words,
        exc_info=None if isinstance(error, OSError) else error,
    )
    state = NoticeState.GIVEN_UP if is_last else NoticeState.WAITING
    _note(notice, state=state, last_failure=words)


def _note(notice: Notice, **values: NoticeState | datetime | str) -> None:
    """Update it unless another sender has taken it meanwhile."""
    Notice.objects.filter(pk=notice.pk, tries=notice.tries).update(**values)


def failure_text(error: Exception) -> str:
    """Return the mail server's answer, or the reason for which it was not reached."""
    match error:
        case SMTPRecipientsRefused():
            answers = [_answer(*each) for each in error.recipients.values()]
            return "; ".join(answers)
        case SMTPResponseException():
            return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {text}".replace("\0", "")


def _is_of_the_server(error: Exception) -> bool:
    """Tell errors of the server, which the next message would meet, too."""
    return isinstance(error, OSError) and not isinstance(error, OF_ONE_MESSAGE)


# A thread of the process in which the event was. It lives on, and is waited for at the end.
_background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="notices")


def wake() -> None:
    """Let a thread of this process send what waits; return at once."""
    if settings.NOTICES_IN_BACKGROUND:
        _background.submit(_send_in_background)


def _send_in_background() -> None:
    try:
        send_waiting()
    except Exception:
        # Nobody waits for this thread's answer: what is not logged here would be lost.
        log.exception("Notices wait for the next sender")
    finally:
        connection.close()
