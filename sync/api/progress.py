"""How far the running sync is, to be asked again and again: 304 while nothing has moved.

By polling and not by server-sent events: an open stream would hold a web process for as long
as a sync runs, and the log moves once a page.
"""

from typing import Any

from django.utils import timezone
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.models import Opportunity
from sync.api import examples
from sync.api.serializers import SyncLogSerializer
from sync.lock import is_sync_running
from sync.models import SyncLog, SyncType


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
    @extend_schema(
        summary="How far the running sync is",
        description="Send If-None-Match with the last ETag: 304 says that nothing has moved.",
        responses={
            200: ProgressSerializer,
            304: OpenApiResponse(description="Nothing has moved since that ETag."),
        },
        examples=[OpenApiExample("Half-way", examples.PROGRESS, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        is_running = is_sync_running()
        log = SyncLog.objects.select_related("user").order_by("-started_at", "-id").first()
        etag = _etag(log, is_running)
        if get_conditional_response(request._request, etag=etag):
            return Response(status=304, headers={"ETag": etag})
        shown = ProgressSerializer(_progress(log, is_running), context={"request": request}).data
        return Response(shown, headers={"ETag": etag})


def _etag(log: SyncLog | None, is_running: bool) -> str:
    if log is None:
        return f'"none-{is_running:d}"'
    return f'"{log.pk}-{log.status}-{log.pages}-{log.total_fetched}-{is_running:d}"'


def _progress(log: SyncLog | None, is_running: bool) -> dict[str, Any]:
    """As ProgressSerializer wants it; without a run that lives there is no rate."""
    told: dict[str, Any] = dict.fromkeys(ProgressSerializer().fields)
    told |= {"is_running": is_running, "run": log}
    if log is None or not is_running or log.completed_at:
        return told
    elapsed = max((timezone.now() - log.started_at).total_seconds(), 0)
    rate = log.total_fetched / elapsed if elapsed else 0
    expected = _expected(log)
    left = (expected - log.total_fetched) / rate if expected and rate else None
    return told | {
        "elapsed_seconds": int(elapsed),
        "rows_per_second": f"{rate:.1f}",
        "expected_rows": expected,
        "seconds_left": None if left is None else max(round(left), 0),
    }


def _expected(log: SyncLog) -> int | None:
    if log.sync_type != SyncType.FULL:
        return None
    return Opportunity.objects.present().count() or None
