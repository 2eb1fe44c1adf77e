"""List what one run changed, deal by deal, and hand it out as a file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import F, Prefetch, QuerySet
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import generics, serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from opportunities.access.permissions import EXPORT
from opportunities.access.roles import access_of
from opportunities.api.detail import ChangeSerializer
from opportunities.api.exporting import FileView
from opportunities.api.representation import StoredSerializer
from opportunities.api.strict_filters import AnyOfWords, StrictFilterSet
from opportunities.domain.fields import BY_NAME
from opportunities.history.labels import field_in_words
from opportunities.lists.export import CHUNK, CONTENT_TYPES, ExportFormat, csv_of
from opportunities.lists.sorting import order
from opportunities.models import Opportunity
from sync import permissions
from sync.models import OpportunityChange, SyncLog

COLUMNS = ("Number", "Opportunity", "Customer", "Practice", "Currency", "Field", "Old", "New", "At")


class RunChangeFilter(StrictFilterSet):
    field = AnyOfWords(help_text="A field of the opportunity; `extra.X_c` is one of the CRM's own.")
    practice = extend_schema_field(OpenApiTypes.STR)(
        AnyOfWords(help_text="Of the opportunity, as it is now.")
    )

    class Meta:
        model = OpportunityChange
        fields = ()


class LabelledChangeSerializer(ChangeSerializer):
    label = serializers.SerializerMethodField(help_text="The field in the words of the page.")  # type: ignore[assignment]

    def get_label(self, change: OpportunityChange) -> str:
        return field_in_words(change.field)


class ChangedOpportunitySerializer(StoredSerializer[Opportunity]):
    changes = LabelledChangeSerializer(many=True, read_only=True, source="changes_of_run")

    class Meta:
        model = Opportunity
        fields = ("id", "opty_number", "name", "customer", "practice", "currency", "changes")
        read_only_fields = fields


class ChangesOfRun(generics.GenericAPIView[Any]):
    """Hold the changes of one run that the filters and this person's sight leave."""

    filterset_class = RunChangeFilter
    filter_backends = (DjangoFilterBackend,)
    queryset = OpportunityChange.objects.all()

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        if not user.has_perm(permissions.VIEW_RUNS):
            raise PermissionDenied("You lack the permission to see syncs.")
        run = self.kwargs["pk"]
        if not SyncLog.objects.filter(pk=run).exists():
            raise Http404(f"There is no run {run}.")
        seen = Opportunity.objects.visible_to(access_of(user))
        of_run = OpportunityChange.objects.filter(sync_log=run, opportunity__in=seen)
        return of_run.annotate(practice=F("opportunity__practice"))


@extend_schema_view(get=extend_schema(summary="Opportunities that this run changed, by name"))
class ChangedOpportunities(ChangesOfRun, generics.ListAPIView[Any]):
    rights: ClassVar = {"GET": permissions.VIEW_RUNS}
    serializer_class = ChangedOpportunitySerializer

    def filter_queryset(self, changes: Any) -> Any:
        """Filter the changes, and return the opportunities that they are of."""
        changes = super().filter_queryset(changes)
        deals = Opportunity.objects.filter(pk__in=changes.order_by().values("opportunity"))
        newest_last = Prefetch("changes", changes.order_by("id"), to_attr="changes_of_run")
        return deals.order_by(order("name"), "-id").prefetch_related(newest_last)


@extend_schema_view(
    get=extend_schema(
        summary="All that this run changed as CSV, a line for each field",
        operation_id="sync_history_changes_export",
        responses={
            (200, CONTENT_TYPES[ExportFormat.CSV]): OpenApiTypes.BINARY,
            403: OpenApiResponse(description="You lack the permission to export."),
            422: OpenApiResponse(description="More rows than a file takes; `detail` says it."),
        },
        filters=True,
    )
)
class ExportChangesOfRun(FileView, ChangesOfRun):
    rights: ClassVar = {"GET": EXPORT}
    kind = ExportFormat.CSV

    def source(self, request: Request) -> str:
        return request.get_full_path()

    def file(self, changes: QuerySet[OpportunityChange]) -> HttpResponseBase:
        name = f"sync-{self.kwargs['pk']}-changes.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        lines, content_type = csv_of(COLUMNS, _lines(changes)), CONTENT_TYPES[self.kind]
        return StreamingHttpResponse(lines, content_type=content_type, headers=headers)


def _lines(changes: QuerySet[OpportunityChange]) -> Iterator[tuple[str | datetime | None, ...]]:
    by_deal = changes.select_related("opportunity").order_by(order("opportunity__name"), "id")
    for change in by_deal.iterator(chunk_size=CHUNK):
        deal, field = change.opportunity, change.field
        yield (
            *(deal.opty_number or deal.remote_id, deal.name, deal.customer, deal.practice),
            *(deal.currency, field_in_words(field)),
            *(_word(field, change.old), _word(field, change.new), change.at),
        )


def _word(field: str, value: str | None) -> str | None:
    """Return a figure as it is, and a code of ours in its word."""
    choices = BY_NAME[field].choices if field in BY_NAME else None
    return dict(choices.choices).get(value, value) if choices and value else value
