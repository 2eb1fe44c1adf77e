"""Tell how the mirror stands, and how far the running sync is.

Progress is polled (304 while nothing has moved) and not sent by server-sent events: an open stream
would hold a web process for as long as a sync runs, and the log moves once a page.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.access.roles import UserAccess, access_of
from opportunities.api.representation import UtcDateTimeField
from opportunities.models import Opportunity
from sync.api.runs import SentenceField, SyncLogSerializer
from sync.models import RejectedRecord, SyncLog, SyncType
from sync.permissions import VIEW_RUNS
from sync.reports.freshness import Freshness, freshness_of, last_complete_at
from sync.reports.presentation import rows_per_second
from sync.safety.lock import is_sync_running
from sync.schedule.crontab import why_not_scheduled
from sync.schedule.timetable import next_full_run, next_run


class CountsSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    open = serializers.IntegerField()
    closed = serializers.IntegerField(help_text="Closed in the CRM, and still there.")
    removed = serializers.IntegerField(help_text="No longer in the CRM, open or closed.")
    rejected_awaiting = serializers.IntegerField(
        help_text="Records that could not be imported and that nobody has decided to ignore."
    )


class SyncStatusSerializer(serializers.Serializer[Any]):
    is_running = serializers.BooleanField(help_text="A living process is syncing now.")
    running = SyncLogSerializer(allow_null=True)
    last_run = SyncLogSerializer(allow_null=True, help_text="The newest run that has ended.")
    last_success = SyncLogSerializer(allow_null=True)
    last_success_age_seconds = serializers.IntegerField(allow_null=True)
    complete_at = UtcDateTimeField(
        allow_null=True, help_text="When the mirror last had all that Oracle had."
    )
    freshness = serializers.ChoiceField(
        [word.value for word in Freshness], help_text="Of that, in a word; `none` before it."
    )
    counts = CountsSerializer()
    removals_waiting = serializers.IntegerField(
        help_text="Opportunities that the last full run did not find in Oracle: too many to be "
        "flagged as removed before a person has looked."
    )
    next_scheduled_at = UtcDateTimeField(allow_null=True)
    next_full_scheduled_at = UtcDateTimeField(
        allow_null=True, help_text="The first scheduled run that reads everything."
    )
    not_scheduled_because = SentenceField(allow_null=True)


class SyncStatusView(APIView):
    rights: ClassVar = {"GET": VIEW_RUNS}

    @extend_schema(summary="How the mirror stands", responses=SyncStatusSerializer)
    def get(self, request: Request) -> Response:
        status = _status(access_of(request.user))
        return Response(SyncStatusSerializer(status, context={"request": request}).data)


def _status(access: UserAccess) -> dict[str, Any]:
    """Return it as SyncStatusSerializer wants it; the counts are of what this person sees."""
    logs, now = SyncLog.objects.select_related("user"), timezone.now()
    unfinished, is_running = logs.running(), is_sync_running()
    finished, success = logs.last_finished(), logs.last_success()
    success_at = success.completed_at if success else None
    complete_at = last_complete_at()
    why_not = why_not_scheduled()
    return {
        "is_running": is_running,
        "running": unfinished if is_running else None,
        # A run whose process died has ended as well, though its log does not say so yet.
        "last_run": finished if is_running else unfinished or finished,
        "last_success": success,
        "last_success_age_seconds": (now - success_at).total_seconds() if success_at else None,
        "complete_at": complete_at,
        "freshness": freshness_of(complete_at, now),
        "counts": _counts(access),
        "removals_waiting": SyncLog.objects.removals_waiting(),
        "next_scheduled_at": None if why_not else _in_utc(next_run()),
        "next_full_scheduled_at": None if why_not else _in_utc(next_full_run()),
        "not_scheduled_because": why_not or None,
    }


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _counts(access: UserAccess) -> dict[str, int]:
    """Return three that add up to the total, and the rejected ones beside it."""
    opportunities = Opportunity.objects.visible_to(access)
    total, present, opened = (
        rows.count()
        for rows in (opportunities.all(), opportunities.present(), opportunities.open())
    )
    return {
        "total": total,
        "open": opened,
        "closed": present - opened,
        "removed": total - present,
        "rejected_awaiting": RejectedRecord.objects.visible_to(access).awaiting().count(),
    }


class ProgressSerializer(serializers.Serializer[Any]):
    is_running = serializers.BooleanField()
    run = SyncLogSerializer(allow_null=True, help_text="The one that runs, else the last one.")
    elapsed_seconds = serializers.IntegerField(allow_null=True)
    rows_per_second = serializers.DecimalField(10, 1, allow_null=True)
    expected_rows = serializers.IntegerField(
        allow_null=True, help_text="Of a full sync, by what the mirror holds; else not known."
    )
    seconds_left = serializers.IntegerField(allow_null=True, help_text="By rate and expectation.")


class SyncProgress(APIView):
    rights: ClassVar = {"GET": VIEW_RUNS}

    @extend_schema(
        summary="How far the running sync is",
        description="Send If-None-Match with the last ETag: 304 says that nothing has moved.",
        responses={
            200: ProgressSerializer,
            304: OpenApiResponse(description="Nothing has moved since that ETag."),
        },
    )
    def get(self, request: Request) -> Response:
        is_running = is_sync_running()
        log = SyncLog.objects.select_related("user").first()
        etag = _etag(log, is_running)
        if get_conditional_response(request._request, etag=etag):
            return Response(status=304, headers={"ETag": etag})
        progress = ProgressSerializer(_progress(log, is_running), context={"request": request})
        return Response(progress.data, headers={"ETag": etag})


def _etag(log: SyncLog | None, is_running: bool) -> str:
    if log is None:
        return f'"none-{is_running:d}"'
    return f'"{log.pk}-{log.status}-{log.pages}-{log.total_fetched}-{is_running:d}"'


def _progress(log: SyncLog | None, is_running: bool) -> dict[str, Any]:
    """Return it as ProgressSerializer wants it; without a run that lives there is no rate."""
    progress: dict[str, Any] = dict.fromkeys(ProgressSerializer().fields)
    progress |= {"is_running": is_running, "run": log}
    if log is None or not is_running or log.completed_at:
        return progress
    now = timezone.now()
    rate = rows_per_second(log, now)
    is_full = log.sync_type == SyncType.FULL
    expected = (Opportunity.objects.present().count() or None) if is_full else None
    left = (expected - log.total_fetched) / rate if expected and rate else None
    return progress | {
        "elapsed_seconds": max(int((now - log.started_at).total_seconds()), 0),
        "rows_per_second": None if rate is None else f"{rate:.1f}",
        "expected_rows": expected,
        "seconds_left": None if left is None else max(round(left), 0),
    }
