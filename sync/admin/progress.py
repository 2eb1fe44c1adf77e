"""How the sync stands, in one sentence, for a page that follows it."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma, naturaltime
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from sync.lock import is_sync_running
from sync.models import SyncLog
from sync.presentation import duration, run_state


def progress(request: HttpRequest) -> dict[str, Any] | None:
    """None for those who may not look at the runs."""
    if not request.user.has_perm("sync.view_synclog"):
        return None
    is_running = is_sync_running()
    running = SyncLog.objects.running() if is_running else None
    return {"is_running": is_running, "words": _words(running) if running else _rest(is_running)}


def status(request: HttpRequest) -> JsonResponse:
    told = progress(request)
    if told is None:
        raise PermissionDenied
    return JsonResponse(told)


def _words(log: SyncLog) -> str:
    seconds = (timezone.now() - log.started_at).total_seconds()
    rate = log.total_fetched / seconds if seconds >= 1 else 0
    counts = (
        f"{intcomma(log.total_fetched)} records read: {intcomma(log.new_records)} new, "
        f"{intcomma(log.updated_records)} updated, {intcomma(log.failed_records)} rejected"
    )
    speed = f", {intcomma(round(rate))} a second" if rate else ""
    return f"Running for {duration(seconds)}. Page {log.pages}, {counts}{speed}."


def _rest(is_running: bool) -> str:
    if is_running:
        return "Starting."
    last = SyncLog.objects.last_finished()
    if last is None:
        return "No sync has run yet."
    ended, how = naturaltime(last.completed_at), run_state(last).label
    return f"Nothing runs. The last sync ended {ended}: {how}."
