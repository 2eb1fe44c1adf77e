"""List all that the CRM changed in one opportunity."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics

from opportunities.access import permissions
from opportunities.api.detail import ChangeSerializer, visible_opportunity
from opportunities.api.filter_fields import moment
from opportunities.api.strict_filters import AnyOfWords, StrictFilterSet
from sync.models import OpportunityChange


class ChangeFilter(StrictFilterSet):
    field = AnyOfWords(help_text="A field of the opportunity.")
    since = moment("at", "gte", "Then or later.")


@extend_schema_view(get=extend_schema(summary="What the CRM changed in it, newest first"))
class OpportunityChanges(generics.ListAPIView[OpportunityChange]):
    rights: ClassVar = {"GET": permissions.VIEW}
    queryset = OpportunityChange.objects.all()
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter

    def get_queryset(self) -> Any:
        opportunity = visible_opportunity(self.request, self.kwargs["pk"])
        return OpportunityChange.objects.filter(opportunity=opportunity)
