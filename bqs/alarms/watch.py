"""Keep the alarms: note what begins and ends, then mail what nobody was told yet."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from bqs.alarms.mails import mail_of
from bqs.health.checks import Problem, operation_problems
from bqs.models import Alarm
from notifications.channels.mail import failure_text
from outbox.events import EventKind
from outbox.models import Event
from outbox.writing import record_all
from sync.schedule import heartbeat, systemd

BODY = {"cause": "What is wrong, as a word.", "sentence": "The same, for people.", "since": "When."}
BEGUN = EventKind("alarm.begun", "Alarm", "Something is wrong with BQS.", BODY)
OVER = EventKind("alarm.over", "Alarm over", "What was wrong is well again.", BODY)
REMINDED_AFTER = timedelta(days=1)
log = logging.getLogger(__name__)


def watch() -> None:
    """Keep the alarms, and leave a sign that a schedule runs, which is who calls this.

    Of systemd's timers each is started by itself: the one for alarms is no sign of that for syncs.
    """
    timers = systemd.next_runs()
    if not timers or systemd.OF_SYNC in timers:
        heartbeat.beat()
    keep_alarms()


def keep_alarms_after_sync(**signal: Any) -> None:
    """Do so at the end of a sync, which a database that fails must not spoil."""
    try:
        keep_alarms()
    except DatabaseFailure as error:
        log.warning("The alarms could not be compared after the sync: %s", error)


def keep_alarms() -> None:
    """Compare what is wrong with what is known; two servers may do so at once."""
    now = timezone.now()
    _note(operation_problems(), now)
    if settings.ALERT_TO:
        _tell(now)


def _event(kind: EventKind, alarm: Alarm) -> Event:
    body = {"cause": alarm.cause, "sentence": alarm.sentence, "since": alarm.since}
    return Event(name=kind.name, source=f"{kind.name}:{alarm.pk}", body=body)


@transaction.atomic
def _note(problems: Iterable[Problem], now: datetime) -> None:
    sentences = {each.cause: each.words for each in problems}
    begun = [Alarm(cause=cause, sentence=words, since=now) for cause, words in sentences.items()]
    # Of a cause that lasts there is one already, by the table's constraint.
    Alarm.objects.bulk_create(begun, ignore_conflicts=True)
    lasting = [*Alarm.objects.filter(ended_at=None)]
    over = [each for each in lasting if each.cause not in sentences]
    Alarm.objects.filter(pk__in=[each.pk for each in over]).update(ended_at=now)
    record_all(
        [_event(BEGUN, each) for each in lasting if each.since == now]
        + [_event(OVER, each) for each in over]
    )
    changed = [each for each in lasting if sentences.get(each.cause) not in (None, each.sentence)]
    for alarm in changed:
        alarm.sentence = sentences[alarm.cause]
    # Not the others: one that is just being mailed would be waited for.
    Alarm.objects.bulk_update(changed, ["sentence"])
    Alarm.objects.filter(ended_at__lt=now - timedelta(days=settings.SYNC_HISTORY_DAYS)).delete()


def _tell(now: datetime) -> None:
    """Mail what is due with its rows locked; without a mail server, the next watch tries again.

    They are written afterwards: a row that is being written keeps other servers waiting.
    """
    try:
        with transaction.atomic():
            due = Alarm.objects.filter(_is_due(now)).select_for_update(skip_locked=True)
            if alarms := [*due]:
                keys = [each.pk for each in alarms]
                # What else lasts is told with it: nothing is clear before it has ended, too.
                others = Alarm.objects.filter(ended_at=None).exclude(pk__in=keys)
                mail_of([*alarms, *others]).send()
                Alarm.objects.filter(pk__in=keys).update(reminded_at=now)
    except OSError as error:
        log.warning("The mail with alarms waits for the next watch: %s", failure_text(error))


def _is_due(now: datetime) -> Q:
    is_untold = Q(reminded_at=None) | Q(reminded_at__lte=now - REMINDED_AFTER)
    # One that ended before anybody was told is nobody's business.
    return (Q(ended_at=None) & is_untold) | Q(reminded_at__lt=F("ended_at"))
