"""Tell in one sentence how the sync stands, for a page that follows it."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma, naturaltime
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format

from sync.models import SyncLog
from sync.permissions import VIEW_RUNS
from sync.reports.presentation import duration, rows_per_second, run_state
from sync.safety.lock import is_sync_running
from sync.schedule import timetable


def progress(request: HttpRequest) -> dict[str, Any] | None:
    """Return None for those who may not look at the runs."""
    if not request.user.has_perm(VIEW_RUNS):
        return None
    is_running = is_sync_running()
    return {"is_running": is_running, "words": _running() if is_running else _resting()}


def status(request: HttpRequest) -> JsonResponse:
    found = progress(request)
    if found is None:
        raise PermissionDenied
    return JsonResponse(found)


def _running() -> str:
    log = SyncLog.objects.running()
    if log is None:
        return "Starting."
    now = timezone.now()
    rate = rows_per_second(log, now)
    counts = (
        f"{intcomma(log.total_fetched)} records read: {intcomma(log.new_records)} new, "
        f"{intcomma(log.updated_records)} updated, {intcomma(log.failed_records)} rejected"
    )
    speed = f", {intcomma(round(rate))} a second" if rate else ""
    lasted = duration((now - log.started_at).total_seconds())
    return f"Running for {lasted}. Page {log.pages}, {counts}{speed}."


def _resting() -> str:
    last = SyncLog.objects.last_finished()
    if last is None or last.completed_at is None:
        return "No sync has run yet."
    sentences = [
        f"No sync is running. The last one ended {naturaltime(last.completed_at)}: "
        f"{run_state(last).label}."
    ]
    if day := timetable.full_run_due_on():
        is_due = day <= timetable.today()
        later = f"The next full sync is due on {date_format(day)}."
        sentences.append("The next scheduled sync reads everything." if is_due else later)
    return " ".join(sentences)
