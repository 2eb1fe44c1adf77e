"""Watch an opportunity, or stop."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.access import permissions
from opportunities.access.roles import user_of
from opportunities.api.detail import visible_opportunity
from opportunities.models import Watch


class OpportunityWatch(APIView):
    rights: ClassVar = {"PUT": permissions.VIEW, "DELETE": permissions.VIEW}

    @extend_schema(
        summary="Watch it: get its notices of decisions and of material changes in the CRM",
        request=None,
        responses={204: OpenApiResponse(description="You watch it.")},
    )
    def put(self, request: Request, pk: int) -> Response:
        opportunity = visible_opportunity(request, pk)
        Watch.objects.get_or_create(user=user_of(request), opportunity=opportunity)
        return Response(status=204)

    @extend_schema(
        summary="Watch it no more",
        request=None,
        responses={204: OpenApiResponse(description="You do not watch it.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        opportunity = visible_opportunity(request, pk)
        Watch.objects.filter(user=user_of(request), opportunity=opportunity).delete()
        return Response(status=204)
