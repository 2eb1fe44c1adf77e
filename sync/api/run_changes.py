"""List what one run brought and changed, deal by deal, and hand it out as a file."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Prefetch
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
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
from opportunities.api.strict_filters import AnyOfChoices, AnyOfWords, StrictFilterSet
from opportunities.domain.fields import BY_NAME
from opportunities.history.labels import field_in_words
from opportunities.lists.export import CHUNK, CONTENT_TYPES, ExportFormat, csv_of
from opportunities.lists.sorting import order
from opportunities.models import Opportunity
from opportunities.models.querysets import OpportunityQuerySet
from sync import permissions
from sync.models import OpportunityChange, RunChangeKind, SyncLog
from sync.models.change import kind_in, touched_by

COLUMNS = (
    *("Number", "Opportunity", "Customer", "Practice", "Currency"),
    *("Change", "Field", "Old", "New", "At"),
)


class RunChangeFilter(StrictFilterSet):
    kind = AnyOfChoices(RunChangeKind, help_text="What the run did to the opportunity.")
    field = extend_schema_field(
        {"type": "string", "description": "A field; `extra.X_c` is one of the CRM's own."}
    )(AnyOfWords())
    practice = AnyOfWords(help_text="Of the opportunity, as it is now.")


class LabelledChangeSerializer(ChangeSerializer):
    label = serializers.SerializerMethodField(help_text="The field in the words of the page.")  # type: ignore[assignment]

    def get_label(self, change: OpportunityChange) -> str:
        return field_in_words(change.field)


class ChangedOpportunitySerializer(StoredSerializer[Opportunity]):
    kind = serializers.ChoiceField(RunChangeKind.choices, read_only=True)
    changes = LabelledChangeSerializer(many=True, read_only=True, source="changes_of_run")

    class Meta:
        model = Opportunity
        fields = (
            *("id", "opty_number", "name", "customer", "practice", "stage"),
            *("deal_value", "currency", "kind", "changes"),
        )


class ChangesOfRun(generics.GenericAPIView[Any]):
    """Hold what one run did, as far as the filters and this person's sight leave it."""

    filterset_class = RunChangeFilter
    queryset = Opportunity.objects.all()

    @cached_property
    def sync_run(self) -> SyncLog:
        pk = self.kwargs["pk"]
        run = SyncLog.objects.filter(pk=pk).first()
        if run is None:
            raise Http404(f"There is no run {pk}.")
        return run

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        if not user.has_perm(permissions.VIEW_RUNS):
            raise PermissionDenied("You lack the permission to see syncs.")
        return touched_by(self.sync_run, Opportunity.objects.visible_to(access_of(user)))


@extend_schema_view(get=extend_schema(summary="What this run brought or changed, by name"))
class ChangedOpportunities(ChangesOfRun, generics.ListAPIView[Any]):
    rights: ClassVar = {"GET": permissions.VIEW_RUNS}
    serializer_class = ChangedOpportunitySerializer

    def filter_queryset(self, rows: Any) -> Any:
        """Return each opportunity of the rows once, with those of its changes asked for."""
        touched = super().filter_queryset(rows).order_by().values("pk")
        deals = Opportunity.objects.filter(pk__in=touched).annotate(kind=kind_in(self.sync_run))
        changes = OpportunityChange.objects.filter(sync_log=self.sync_run)
        if fields := self.request.query_params.getlist("field"):
            changes = changes.filter(field__in=fields)
        newest_last = Prefetch("changes", changes.order_by("id"), to_attr="changes_of_run")
        return deals.order_by(order("name"), "-id").prefetch_related(newest_last)


@extend_schema_view(
    get=extend_schema(
        summary="What this run brought or changed as CSV, a line for each field",
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

    def file(self, rows: OpportunityQuerySet) -> HttpResponseBase:
        name = f"sync-{self.kwargs['pk']}-changes.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        lines, content_type = csv_of(COLUMNS, _lines(rows)), CONTENT_TYPES[self.kind]
        return StreamingHttpResponse(lines, content_type=content_type, headers=headers)


def _lines(rows: Any) -> Iterator[tuple[Any, ...]]:
    """Return a line for each change, and one without a field for what is new."""
    deal = ("opty_number", "remote_id", "name", "customer", "practice", "currency", "kind")
    change = ("change__field", "change__old", "change__new", "change__at", "first_seen_at")
    by_deal = rows.order_by(order("name"), "-id", "change__id").values_list(*deal, *change)
    for number, crm_id, *about, kind, field, old, new, at, seen in by_deal.iterator(CHUNK):
        moved = (_word(field, old), _word(field, new))
        told = (RunChangeKind(kind).label, field and field_in_words(field), *moved)
        yield (number or crm_id, *about, *told, at or seen)


def _word(field: str | None, value: str | None) -> str | None:
    """Return a figure as it is, and a code of ours in its word."""
    choices = BY_NAME[field].choices if field in BY_NAME else None
    return dict(choices.choices).get(value, value) if choices and value else value
