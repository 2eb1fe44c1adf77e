"""Tell people the secret address of their calendar, and renew it."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import ApiToken
from notifications.calendar.address import address_of, renew
from opportunities.access.roles import user_of
from opportunities.api.rights import OWN


class CalendarAddressSerializer(serializers.Serializer[Any]):
    address = serializers.CharField(help_text="Keep it secret: whoever has it reads your calendar.")


class MyCalendar(APIView):
    rights: ClassVar = {"GET": OWN, "POST": OWN}
    answers_with_secret = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if isinstance(request.auth, ApiToken):
            raise PermissionDenied("Sign in to see the address of your calendar.")

    @extend_schema(
        summary="The address of your calendar, to subscribe to", responses=CalendarAddressSerializer
    )
    def get(self, request: Request) -> Response:
        return Response({"address": address_of(user_of(request))})

    @extend_schema(
        summary="Another address for your calendar; the former one ends",
        request=None,
        responses=CalendarAddressSerializer,
    )
    def post(self, request: Request) -> Response:
        return Response({"address": renew(user_of(request))})
