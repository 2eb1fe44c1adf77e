"""Start a sync over HTTP, and list the runs."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import exceptions, generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from opportunities.access.operators import for_reader
from opportunities.api.representation import PersonSerializer, StoredSerializer
from opportunities.api.strict_bodies import StrictSerializer
from opportunities.api.strict_filters import AnyOfChoices, StrictFilterSet
from sync import permissions
from sync.models import SyncLog, SyncStatus, SyncType, Trigger
from sync.models.sync_log import SyncLogQuerySet
from sync.reports.presentation import RunState, run_state
from sync.schedule import launch, queued


class SentenceField(serializers.CharField):
    """A sentence that names settings and commands to administrators only."""

    def to_representation(self, value: Any) -> str:
        return for_reader(str(value), self.context.get("request"))


class NamesField(serializers.ListField):
    child = serializers.CharField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)


class SyncLogSerializer(StoredSerializer[SyncLog]):
    user = PersonSerializer(allow_null=True, read_only=True)
    is_interrupted = serializers.SerializerMethodField(
        help_text="It says RUNNING, but its process died; the next run will close it as FAILED."
    )
    error_message = SentenceField(read_only=True)
    remarks = serializers.ListField(
        child=SentenceField(),
        read_only=True,
        help_text="What was otherwise than expected and cost no record, one sentence each.",
    )
    absent_attributes = NamesField(
        help_text="Attributes that this Oracle does not have; their columns keep their values."
    )
    unmapped_statuses = NamesField(
        help_text="Statuses met that no setting calls open or closed; they count as open."
    )
    unmapped_attributes = NamesField(
        help_text="The tenant's own (_c) attributes that a full run found and no setting names."
    )

    class Meta:
        model = SyncLog
        fields: tuple[str, ...] = (
            *("id", "sync_type", "status", "is_interrupted", "trigger", "user"),
            *("started_at", "completed_at", "duration_seconds"),
            *SyncLog.RECORD_COUNTS,
            "removals_waiting",
            *SyncLog.TRAFFIC_COUNTS,
            *("watermark", "error_message"),
            *SyncLog.OBSERVATIONS,
        )

    def get_is_interrupted(self, log: SyncLog) -> bool:
        return run_state(log) is RunState.INTERRUPTED


class SyncLogDetailSerializer(SyncLogSerializer):
    rejected_count = serializers.IntegerField(
        read_only=True, help_text="Rejected records that this run saw last."
    )
    changed_count = serializers.IntegerField(
        read_only=True, help_text="Fields of opportunities that this run changed."
    )

    class Meta(SyncLogSerializer.Meta):
        fields = (*SyncLogSerializer.Meta.fields, "rejected_count", "changed_count")


class SyncRequestSerializer(StrictSerializer):
    sync_type = serializers.ChoiceField(
        SyncType.choices,
        required=False,
        allow_null=True,
        help_text="Left out: incremental, or full where the mirror is not known to be complete.",
    )


class AlreadyRunning(exceptions.APIException):
    status_code = 409
    default_code = "already_running"

    def __init__(self, detail: str, running: Any) -> None:
        """
        Args:
            running: the other run as JSON, or None.
        """
        super().__init__(detail)
        self.members = {"running": running}
        """Joined to the members of the problem."""


class LaunchFailed(exceptions.APIException):
    status_code = 503
    default_code = "launch_failed"


class StillQueued(exceptions.APIException):
    status_code = 503
    default_code = "still_queued"


class SyncDatabase(APIView):
    rights: ClassVar = {"POST": permissions.START}
    throttle_scope = "sync"
    starts_a_process = True

    @extend_schema(
        summary="Start a sync",
        description="A worker starts it, as a process of its own, which outlives the worker.",
        request=SyncRequestSerializer,
        responses={
            202: OpenApiResponse(SyncLogSerializer, "It runs; Location is where to watch it."),
            409: OpenApiResponse(description="One runs already; `running` holds its log."),
            503: OpenApiResponse(
                description="It could not be started, or waits for a worker; `detail` says why."
            ),
        },
    )
    def post(self, request: Request) -> Response:
        sync_type = SyncRequestSerializer.read(request).get("sync_type")
        try:
            log = queued.ask_for_sync(
                trigger=Trigger.API, user_id=request.user.pk, sync_type=sync_type
            )
        except launch.AlreadyRunning as error:
            running = error.running and _as_json(error.running, request)
            raise AlreadyRunning(str(error), running) from error
        except launch.LaunchFailed as error:
            raise LaunchFailed(str(error)) from error
        except queued.StillQueued as error:
            raise StillQueued(for_reader(str(error), request)) from error
        address = reverse("sync-log", args=[log.pk])
        return Response(_as_json(log, request), status=202, headers={"Location": address})


def _as_json(log: SyncLog, request: Request) -> Any:
    return SyncLogSerializer(log, context={"request": request}).data


class SyncLogFilter(StrictFilterSet):
    status = AnyOfChoices(SyncStatus)
    sync_type = AnyOfChoices(SyncType)
    trigger = AnyOfChoices(Trigger)


@extend_schema_view(get=extend_schema(summary="Runs of the sync, newest first"))
class SyncHistory(generics.ListAPIView[SyncLog]):
    rights: ClassVar = {"GET": permissions.VIEW_RUNS}
    queryset = SyncLog.objects.select_related("user")
    serializer_class = SyncLogSerializer
    filterset_class = SyncLogFilter


@extend_schema_view(get=extend_schema(summary="One run of the sync"))
class SyncLogDetail(generics.RetrieveAPIView[SyncLog]):
    rights: ClassVar = {"GET": permissions.VIEW_RUNS}
    serializer_class = SyncLogDetailSerializer

    def get_queryset(self) -> SyncLogQuerySet:
        return SyncLog.objects.select_related("user").with_outcome()
