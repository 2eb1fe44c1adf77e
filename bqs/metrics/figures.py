"""Read what the database knows as gauges, at each scrape, in a fixed number of queries."""

import platform
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db.models import Count, Min, Q
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily as Gauge

from assessments.models import Assessment, AssessmentStatus, Decision
from assessments.scoring.rules import Recommendation
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity, conditions
from outbox.models import Delivery, DeliveryState, Event
from sync.models import Reconciliation, RefusedLogin, RejectedRecord, SyncLog, SyncStatus
from sync.safety.refused_login import LEFT_ALONE_FOR

COUNTS = {
    "total": (Q(), "bqs_opportunities", "Opportunities."),
    "removed": (
        ~conditions.PRESENT,
        "bqs_opportunities_removed",
        "Opportunities that are gone or hidden in Oracle.",
    ),
    "reopened": (
        Q(is_reopened=True),
        "bqs_opportunities_reopened",
        "Opportunities that Oracle reopened and nobody has taken up.",
    ),
    "requalification": (
        Q(needs_requalification=True),
        "bqs_opportunities_to_requalify",
        "Opportunities that Oracle changed after somebody relied on them.",
    ),
}
RUN_COUNTS = {
    "pages": "Pages that the last run read.",
    "requests": "Requests that the last run sent to Oracle.",
    "retries": "Requests that the last run had to send again.",
}


class TradeFigures:
    """A collector in the form that prometheus_client asks for."""

    def collect(self) -> Iterable[Gauge]:
        now = timezone.now()
        yield by(
            *("version", "bqs_build_info", "Version of BQS; the value is always 1."),
            {settings.VERSION: 1},
        )
        yield by(
            *("version", "bqs_python_info", "Version of Python; the value is always 1."),
            {platform.python_version(): 1},
        )
        for read in READERS:
            yield from read(now)


def gauge(name: str, sentence: str, value: float | None) -> Gauge:
    """Return a single value, or no sample where there is none yet."""
    family = Gauge(name, sentence)
    if value is not None:
        family.add_metric((), value)
    return family


def by(label: str, name: str, sentence: str, values: Mapping[str, float]) -> Gauge:
    family = Gauge(name, sentence, labels=(label,))
    for each, value in values.items():
        family.add_metric((each,), value)
    return family


def seconds_since(moment: datetime | None, now: datetime) -> float | None:
    return (now - moment).total_seconds() if moment else None


def _mirror(now: datetime) -> Iterable[Gauge]:
    complete, success = SyncLog.objects.last_complete(), SyncLog.objects.last_success()
    yield gauge(
        "bqs_mirror_age_seconds",
        "Time since the end of the last complete run.",
        seconds_since(complete.completed_at if complete else None, now),
    )
    yield gauge(
        "bqs_mirror_watermark_timestamp_seconds",
        "Every change up to this time is in the mirror.",
        complete.watermark.timestamp() if complete and complete.watermark else None,
    )
    yield gauge(
        "bqs_sync_last_success_timestamp_seconds",
        "When the last successful run ended.",
        success.completed_at.timestamp() if success and success.completed_at else None,
    )


def _last_run(now: datetime) -> Iterable[Gauge]:
    run = SyncLog.objects.last_finished()
    status = {str(each): float(bool(run and run.status == each)) for each in SyncStatus}
    name = "bqs_sync_last_run_status"
    yield by("status", name, "1 for the status of the last finished run.", status)
    yield gauge(
        "bqs_sync_last_run_timestamp_seconds",
        "When the last finished run ended.",
        run.completed_at.timestamp() if run and run.completed_at else None,
    )
    duration = run.duration_seconds if run else None
    yield gauge("bqs_sync_last_run_duration_seconds", "How long the last run took.", duration)
    records = {each: getattr(run, each) for each in SyncLog.RECORD_COUNTS} if run else {}
    name = "bqs_sync_last_run_records"
    yield by("count", name, "What the last run did with records.", records)
    for each, sentence in RUN_COUNTS.items():
        yield gauge(f"bqs_sync_last_run_{each}", sentence, getattr(run, each) if run else None)


def _runs(now: datetime) -> Iterable[Gauge]:
    rows = SyncLog.objects.order_by().values_list("status").annotate(n=Count("pk"))
    counts = dict.fromkeys(SyncStatus.values, 0) | dict(rows)
    yield gauge("bqs_sync_running", "Runs under way.", counts[SyncStatus.RUNNING])
    yield by("status", "bqs_sync_runs", "Runs that the log keeps.", counts)


def _held_back(now: datetime) -> Iterable[Gauge]:
    open_ones = RejectedRecord.objects.unresolved().order_by()
    records = open_ones.aggregate(
        waiting=Count("pk", Q(ignored_reason="")), ignored=Count("pk", ~Q(ignored_reason=""))
    )
    for each, what in (("waiting", "nobody has settled"), ("ignored", "somebody ignores")):
        sentence = f"Rejected records that {what}."
        yield gauge(f"bqs_quarantine_{each}", sentence, records[each])
    waiting = SyncLog.objects.removals_waiting()
    yield gauge("bqs_removals_waiting", "Removals that wait for a person.", waiting)
    recent = RefusedLogin.objects.filter(refused_at__gt=now - LEFT_ALONE_FOR).count()
    name = "bqs_oracle_logins_refused"
    yield gauge(name, "Logins that Oracle refused within the last hour.", recent)


def _certificate(now: datetime) -> Iterable[Gauge]:
    last = Reconciliation.objects.defer("figures", "differing").first()
    equal = float(last.is_equal) if last else None
    yield gauge("bqs_certificate_equal", "1 if the last comparison found no difference.", equal)
    age = seconds_since(last.taken_at if last else None, now)
    yield gauge("bqs_certificate_age_seconds", "Time since the last comparison.", age)


def _opportunities(now: datetime) -> Iterable[Gauge]:
    """Count by state; Prometheus adds up."""
    late, soon = conditions.overdue(now), conditions.due_soon(now)
    counts = {name: Count("pk", condition or None) for name, (condition, _, _) in COUNTS.items()}
    grouped = Opportunity.objects.order_by().values("workflow_status")
    rows: Any = grouped.annotate(overdue=Count("pk", late), due_soon=Count("pk", soon), **counts)
    found: dict[str, dict[str, Any]] = {row["workflow_status"]: row for row in rows}
    series = {name: (metric, sentence) for name, (_, metric, sentence) in COUNTS.items()} | {
        "overdue": ("bqs_clocks_overdue", "Opportunities past their deadline."),
        "due_soon": ("bqs_clocks_due_soon", "Opportunities close to their deadline."),
    }
    for each, (metric, sentence) in series.items():
        values = {state: found.get(state, {}).get(each, 0) for state in WorkflowStatus.values}
        yield by("state", metric, sentence, values)


def _deliveries(now: datetime) -> Iterable[Gauge]:
    rows = Delivery.objects.order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict.fromkeys(DeliveryState.values, 0) | dict(rows)
    yield by("state", "bqs_deliveries", "Messages, by every channel.", counts)
    due = Delivery.objects.late(now).aggregate(oldest=Min("due_at"))
    name, sentence = "bqs_deliveries_oldest_late_seconds", "How late the oldest message is."
    yield gauge(name, sentence, seconds_since(due["oldest"], now) or 0)
    waiting = Event.objects.filter(expanded_at=None).aggregate(oldest=Min("at"))
    name, sentence = "bqs_events_oldest_waiting_seconds", "Age of the oldest event to be told."
    yield gauge(name, sentence, seconds_since(waiting["oldest"], now) or 0)


def _work(now: datetime) -> Iterable[Gauge]:
    rows = Decision.objects.order_by().values_list("outcome").annotate(n=Count("pk"))
    outcomes = dict.fromkeys(Recommendation.values, 0) | dict(rows)
    yield by("outcome", "bqs_decisions", "Decisions on record, undone ones too.", outcomes)
    versions = Assessment.objects.order_by().values_list("status").annotate(n=Count("pk"))
    by_status = dict.fromkeys(AssessmentStatus.values, 0) | dict(versions)
    yield by("status", "bqs_assessments", "Versions of assessments.", by_status)
    people = User.objects.filter(is_active=True).count()
    yield gauge("bqs_people", "People who may sign in.", people)
    sessions = Session.objects.filter(expire_date__gt=now).count()
    yield gauge("bqs_sessions", "Sessions that have not ended.", sessions)


READERS: tuple[Callable[[datetime], Iterable[Gauge]], ...] = (
    *(_mirror, _last_run, _runs, _held_back, _certificate),
    *(_opportunities, _deliveries, _work),
)
