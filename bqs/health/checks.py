"""Look for what can be wrong in operation; /health/ready, alarms and doctor show what is found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseFailure
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from bqs.database import limit_statements
from outbox.models import Delivery, DeliveryState, Event
from outbox.signs import waits_for_a_worker
from sync import conf
from sync.models import RefusedLogin, RejectedRecord, SyncLog, SyncStatus, Trigger
from sync.reports.freshness import Freshness, freshness_of, is_follower_silent
from sync.schedule.crontab import why_not_scheduled

# Where a table is locked, too, a balancer has its answer in time.
LONGEST_STATEMENT_S = 3
NEWS = timedelta(days=1)
LONGEST_WAIT = timedelta(hours=1)
UNSOUND = {
    str(SyncStatus.FAILED): "The last sync failed",
    str(SyncStatus.PARTIAL): "The last sync left something out",
}


@dataclass(frozen=True)
class Problem:
    cause: str
    sentence: str
    """What happened and what to do; everybody may read it."""
    detail: str = ""
    """More for operators: it may name records and machines."""
    is_grave: bool = False
    """Whether no page works, so that a load balancer had better ask another server."""

    @property
    def words(self) -> str:
        """Return what operators read."""
        return f"{self.sentence} {self.detail}".strip()


def found_problems() -> list[Problem]:
    """Return every problem; a grave one comes alone, as nothing can be asked beyond it."""
    try:
        if connection.vendor == "postgresql":
            limit_statements(LONGEST_STATEMENT_S)
        return [*migrations_missing()] or operation_problems()
    except (DatabaseFailure, ImproperlyConfigured) as error:
        sentence = "The database cannot be used: see that it runs, and what DATABASE_URL says."
        return [Problem("database_unreachable", sentence, str(error).strip(), is_grave=True)]


def migrations_missing() -> Iterator[Problem]:
    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        detail = f"{len(missing)} migrations are missing, the first is {missing[0][0]}."
        sentence = "The database is of an older version: run `manage.py migrate`."
        yield Problem("migrations_missing", sentence, detail, is_grave=True)


def operation_problems() -> list[Problem]:
    """Return what is wrong with syncs, schedule and mail, in a fixed number of queries."""
    now, complete = timezone.now(), SyncLog.objects.last_complete()
    return [problem for check in CHECKS for problem in check(now, complete)]


def _schedule(now: datetime, complete: SyncLog | None) -> Iterator[Problem]:
    if why_not := why_not_scheduled():
        sentence = (
            "The schedule of syncs is missing or out of date: `manage.py schedule show` on the "
            "server says why."
        )
        yield Problem("not_scheduled", sentence, why_not)


def _mirror(now: datetime, complete: SyncLog | None) -> Iterator[Problem]:
    complete_at = complete.completed_at if complete else None
    if complete and complete.trigger == Trigger.FOLLOW and is_follower_silent(now):
        sentence = "The process that follows Oracle is silent: see that its service runs."
        yield Problem("follower_silent", sentence)
    match freshness_of(complete_at, now):
        case Freshness.NONE:
            sentence = "There was no complete sync yet: run `manage.py first_sync`."
            yield Problem("never_synced", sentence)
        case Freshness.STALE | Freshness.OLD:
            sentence = (
                f"A sync is overdue: the last complete one ended {complete_at:%Y-%m-%d %H:%M} UTC."
            )
            yield Problem("sync_overdue", sentence)


def _last_run(now: datetime, complete: SyncLog | None) -> Iterator[Problem]:
    last = SyncLog.objects.last_finished()
    if last and last.status in UNSOUND:
        sentence = f"{UNSOUND[last.status]}: its page in the admin, under Syncs, says why."
        yield Problem(f"sync_{last.status.lower()}", sentence, last.error_message)


def _records(now: datetime, complete: SyncLog | None) -> Iterator[Problem]:
    fresh = RejectedRecord.objects.awaiting().filter(first_seen_at__gt=now - NEWS).count()
    if fresh:
        sentence = f"New in quarantine since yesterday: {fresh}. See Rejected records in the admin."
        yield Problem("quarantine_grows", sentence)
    if waiting := SyncLog.objects.removals_waiting():
        sentence = (
            f"{waiting} opportunities are gone from Oracle, too many to flag them unasked: look at "
            "the last full sync, then run `manage.py sync_oracle --full --accept-removals`."
        )
        yield Problem("removals_waiting", sentence)


def _statuses(now: datetime, complete: SyncLog | None) -> Iterator[Problem]:
    runs = (SyncLog.objects.last_that_read_everything(), SyncLog.objects.last_finished())
    met = {status for run in runs if run for status in run.unmapped_statuses}
    closed = conf.closed_statuses()
    if unknown := sorted(status for status in met if not closed.is_mapped(status)):
        sentence = (
            "Oracle has a status that no setting names, so it counts as open: add it to "
            "ORACLE_CLOSED_STATUS_CODES or ORACLE_OPEN_STATUS_CODES."
        )
        yield Problem("unknown_status", sentence, ", ".join(unknown))


def _login(now: datetime, complete: SyncLog | None) -> Iterator[Problem]:
    refused = RefusedLogin.objects.order_by("-refused_at").first()
    complete_at = complete.completed_at if complete else None
    if refused and (complete_at is None or refused.refused_at > complete_at):
        sentence = (
            "Oracle refuses the login: put it right, then `manage.py check_oracle --try-again`."
        )
        yield Problem("login_refused", sentence, refused.advice)


def _deliveries(now: datetime, complete: SyncLog | None) -> Iterator[Problem]:
    long_ago = now - LONGEST_WAIT
    if waits_for_a_worker():
        sentence = "Messages wait and no worker runs: start `manage.py worker` on a server."
        yield Problem("no_worker", sentence)
    elif count := Event.objects.filter(expanded_at=None, at__lt=long_ago).count():
        sentence = f"Events that make no messages for an hour: {count}. The worker's log says why."
        yield Problem("events_wait", sentence)
    if count := Delivery.objects.late(now).filter(due_at__lt=long_ago).count():
        sentence = f"Messages late by an hour: {count}. See Deliveries in the admin."
        yield Problem("mail_waits", sentence)
    given_up = Delivery.objects.filter(state=DeliveryState.GIVEN_UP, failed_at__gt=now - NEWS)
    if count := given_up.count():
        sentence = f"Messages given up since yesterday: {count}. See Deliveries in the admin."
        yield Problem("deliveries_given_up", sentence)


Check = Callable[[datetime, SyncLog | None], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    *(_schedule, _mirror, _last_run, _records, _statuses, _login, _deliveries),
)
