"""Sends the notices that wait: each by itself, outside of every request and every transaction."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, transaction
from django.utils import timezone

from opportunities.mails import mail_of
from opportunities.models import Notice, NoticeState

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
    """Send what is due, until nothing is or the server cannot be reached."""
    tally = Tally()
    for notice in _claimed():
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


def _claimed() -> Iterator[Notice]:
    while notice := _claim():
        yield notice


@transaction.atomic
def _claim() -> Notice | None:
    """Take the next one for as long as a try can last; if we die in it, another tries again."""
    now = timezone.now()
    due = Notice.objects.filter(state=NoticeState.WAITING, next_try_at__lte=now)
    of_others = due.select_for_update(skip_locked=True, of=("self",))
    notice = of_others.select_related("event", "recipient").order_by("next_try_at", "id").first()
    if notice:
        notice.tries += 1
        notice.next_try_at = now + _pause_after(notice.tries)
        # An address that was mended since counts.
        notice.address = notice.recipient.email or notice.address
        notice.save(update_fields=["tries", "next_try_at", "address"])
    return notice


def _pause_after(tries: int) -> timedelta:
    """A server may take its time for each of some ten answers in a conversation."""
    least = timedelta(seconds=10 * (settings.EMAIL_TIMEOUT or 10))
    return max(least, PAUSES[min(tries, len(PAUSES)) - 1])


def _note_failure(notice: Notice, error: Exception) -> None:
    words = words_of(error)[:MOST_WORDS]
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
    """Unless another took it meanwhile, since we needed too long."""
    Notice.objects.filter(pk=notice.pk, tries=notice.tries).update(**values)


def words_of(error: Exception) -> str:
    """What the mail server said, or what became of the try to reach it."""
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
    """The next message would fare no better: let it keep its tries."""
    return isinstance(error, OSError) and not isinstance(error, OF_ONE_MESSAGE)


# --- in the background of the process in which the event was ------------------------------------

_lock = threading.Lock()
_is_running = _is_asked = False


def wake() -> None:
    """See to it that a thread of this process sends what waits; whoever calls goes on at once."""
    global _is_running, _is_asked
    if not settings.NOTICES_IN_BACKGROUND:
        return
    with _lock:
        _is_asked = True
        if _is_running:
            return
        _is_running = True
    # No daemon: a command that ends sends first what it caused.
    threading.Thread(target=_work, name="notices").start()


def _work() -> None:
    try:
        while _is_work_left():
            send_waiting()
    except Exception:
        log.exception("Notices wait for the next sender")
        _stop()
    finally:
        connection.close()


def _is_work_left() -> bool:
    """Ask and end under one lock, so that no caller in between is forgotten."""
    global _is_running, _is_asked
    with _lock:
        _is_running, _is_asked = _is_asked, False
        return _is_running


def _stop() -> None:
    global _is_running
    with _lock:
        _is_running = False
