"""Opportunities of the mirror: looking only."""

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.filters import SearchFilter

from opportunities.api import examples
from opportunities.api.filters import SEARCHED, OpportunityFilter
from opportunities.api.serializers import OpportunityDetailSerializer, OpportunitySerializer
from opportunities.models import Opportunity
from opportunities.querysets import OpportunityQuerySet
from opportunities.roles import standing_of


@extend_schema_view(
    get=extend_schema(
        summary="Opportunities, newest change in the CRM first",
        examples=[OpenApiExample("An opportunity", examples.OPPORTUNITY)],
    )
)
class OpportunityList(generics.ListAPIView[Opportunity]):
    queryset = Opportunity.objects.all()  # Tells the API's description the model.
    serializer_class = OpportunitySerializer
    filter_backends = (DjangoFilterBackend, SearchFilter)
    filterset_class = OpportunityFilter
    search_fields = SEARCHED

    def get_queryset(self) -> OpportunityQuerySet:
        return Opportunity.objects.visible_to(standing_of(self.request.user)).for_list()


@extend_schema_view(
    get=extend_schema(
        summary="One opportunity with its latest changes",
        examples=[OpenApiExample("An opportunity", examples.OPPORTUNITY_DETAIL)],
    )
)
class OpportunityDetail(generics.RetrieveAPIView[Opportunity]):
    queryset = Opportunity.objects.all()  # Tells the API's description the model.
    serializer_class = OpportunityDetailSerializer

    def get_queryset(self) -> OpportunityQuerySet:
        return Opportunity.objects.visible_to(standing_of(self.request.user)).for_list()
