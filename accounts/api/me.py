"""Who one is here, and what that allows."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import examples
from opportunities.presentation import person
from opportunities.roles import Role, standing_of

DESK = (Role.LEAD, Role.BID_MANAGER)


class RightsSerializer(serializers.Serializer[Any]):
    """What the person may do somewhere; where, the allowed actions of each opportunity say."""

    reads_all = serializers.BooleanField(help_text="Sees every opportunity.")
    assign = serializers.BooleanField()
    claim = serializers.BooleanField()
    decide = serializers.BooleanField()
    comment = serializers.BooleanField()
    start_sync = serializers.BooleanField()
    use_admin = serializers.BooleanField()


class MeSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    username = serializers.CharField()
    name = serializers.CharField()
    email = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    practices = serializers.ListField(child=serializers.CharField())
    practices_led = serializers.ListField(child=serializers.CharField())
    crm_owner_name = serializers.CharField(help_text="As the CRM writes it; blank for none.")
    rights = RightsSerializer()


def me_of(user: Any) -> dict[str, Any]:
    standing = standing_of(user)
    known = [role for role in Role if standing.has(role)]
    return {
        "id": user.pk,
        "username": user.get_username(),
        "name": person(user),
        "email": user.email,
        "roles": known,
        "practices": sorted(standing.practices),
        "practices_led": sorted(standing.practices_led),
        "crm_owner_name": standing.crm_owner_name,
        "rights": _rights(user, set(known), standing.reads_all),
    }


def _rights(user: Any, roles: set[Role], reads_all: bool) -> dict[str, bool]:
    runs_desk = bool(roles & set(DESK))
    return {
        "reads_all": reads_all,
        "assign": runs_desk,
        "claim": Role.SA in roles,
        "decide": runs_desk,
        "comment": bool(roles & {*DESK, Role.SA, Role.SALES_OWNER}),
        "start_sync": user.has_perm("sync.trigger_sync"),
        "use_admin": user.is_staff,
    }


class Me(APIView):
    @extend_schema(
        summary="Who you are here, and what you may do",
        responses=MeSerializer,
        examples=[OpenApiExample("An SA", examples.ME)],
    )
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(me_of(request.user)).data)
