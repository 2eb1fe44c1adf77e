"""The sync over HTTP: start it, watch it, and ask Oracle for a single record."""

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from opportunities.roles import standing_of
from sync import launch
from sync.api import errors, examples
from sync.api.filters import SyncLogFilter
from sync.api.lookup import from_mirror, from_oracle
from sync.api.permissions import MayStartSync
from sync.api.serializers import (
    OracleOpportunitySerializer,
    SyncLogDetailSerializer,
    SyncLogSerializer,
    SyncOrderSerializer,
    SyncStatusSerializer,
)
from sync.api.status import sync_status
from sync.models import SyncLog, Trigger
from sync.querysets import SyncLogQuerySet

REFRESH_WORDS = {"true": True, "false": False}


class SyncDatabase(APIView):
    permission_classes = (IsAuthenticated, MayStartSync)
    throttle_scope = "sync"
    starts_a_process = True

    @extend_schema(
        summary="Start a sync",
        description="It runs as a process of its own and outlives a restart of the web server.",
        request=SyncOrderSerializer,
        responses={
            202: OpenApiResponse(SyncLogSerializer, "It runs; Location is where to watch it."),
            403: OpenApiResponse(description="You lack the permission to start a sync."),
            409: OpenApiResponse(description="One runs already; `running` holds its log."),
            503: OpenApiResponse(description="It could not be started; `detail` says why."),
        },
        examples=[
            OpenApiExample("Everything", {"sync_type": "FULL"}, request_only=True),
            OpenApiExample("Started", examples.RUNNING, response_only=True, status_codes=["202"]),
        ],
    )
    def post(self, request: Request) -> Response:
        order = SyncOrderSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        log = _launched(request, order.validated_data.get("sync_type"))
        where = reverse("sync-log", args=[log.pk])
        return Response(_shown(log, request), status=202, headers={"Location": where})


def _launched(request: Request, sync_type: Any) -> SyncLog:
    try:
        return launch.launch_sync(trigger=Trigger.API, user=request.user, sync_type=sync_type)
    except launch.AlreadyRunning as error:
        running = error.running and _shown(error.running, request)
        raise errors.AlreadyRunning(str(error), running) from error
    except launch.LaunchFailed as error:
        raise errors.LaunchFailed(str(error)) from error


def _shown(log: SyncLog, request: Request) -> Any:
    return SyncLogSerializer(log, context={"request": request}).data


class SyncStatusView(APIView):
    @extend_schema(
        summary="How the mirror stands",
        responses=SyncStatusSerializer,
        examples=[OpenApiExample("While a sync runs", examples.STATUS)],
    )
    def get(self, request: Request) -> Response:
        return Response(SyncStatusSerializer(sync_status(), context={"request": request}).data)


@extend_schema_view(
    get=extend_schema(
        summary="Runs of the sync, newest first",
        examples=[OpenApiExample("A run", examples.FINISHED)],
    )
)
class SyncHistory(generics.ListAPIView[SyncLog]):
    serializer_class = SyncLogSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_class = SyncLogFilter

    def get_queryset(self) -> SyncLogQuerySet:
        return SyncLog.objects.select_related("user")


@extend_schema_view(
    get=extend_schema(
        summary="One run of the sync",
        examples=[OpenApiExample("A run", examples.FINISHED_DETAIL)],
    )
)
class SyncLogDetail(generics.RetrieveAPIView[SyncLog]):
    serializer_class = SyncLogDetailSerializer

    def get_queryset(self) -> SyncLogQuerySet:
        return SyncLog.objects.select_related("user").with_outcome()


class OracleOpportunity(APIView):
    @property
    def throttle_scope(self) -> str | None:
        """Asking Oracle is dear; the mirror is not."""
        return "sync" if "refresh" in self.request.query_params else None

    @extend_schema(
        summary="One opportunity by its OptyId or OptyNumber",
        description=(
            "With `refresh=true` it is fetched from Oracle now. Where Oracle does not answer, "
            "refuses, or sends a record that cannot be taken in, the stored record comes back "
            "marked stale."
        ),
        parameters=[
            OpenApiParameter("key", str, "path", description="OptyId, or OptyNumber (encoded)."),
            OpenApiParameter("refresh", bool, description="Ask Oracle now."),
        ],
        responses={
            200: OracleOpportunitySerializer,
            502: OpenApiResponse(description="Not stored, and Oracle's record is not usable."),
            503: OpenApiResponse(description="Not stored, and Oracle is out of reach."),
        },
        examples=[
            OpenApiExample("Refreshed", examples.REFRESHED, response_only=True),
            OpenApiExample("Oracle is down", examples.STALE, response_only=True),
        ],
    )
    def get(self, request: Request, key: str) -> Response:
        look_up = from_oracle if _wants_refresh(request) else from_mirror
        lookup = look_up(key, standing_of(request.user))
        shown = OracleOpportunitySerializer(lookup, context={"request": request})  # type: ignore[arg-type]
        return Response(shown.data)


def _wants_refresh(request: Request) -> bool:
    word = request.query_params.get("refresh", "false")
    if word not in REFRESH_WORDS:
        raise serializers.ValidationError({"refresh": ["Write true or false."]})
    return REFRESH_WORDS[word]
