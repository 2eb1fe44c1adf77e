"""Describe the signed-in person: name, rights, and how they like the screens."""

import json
from typing import Any, ClassVar

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Preferences
from opportunities.access import permissions
from opportunities.access.roles import Role, UserAccess, access_of, user_of
from opportunities.api.rights import OWN
from opportunities.api.strict_bodies import StrictSerializer
from opportunities.domain.states import DESK
from opportunities.lists.presentation import person

MOST_BYTES = 16_000


class RightsSerializer(serializers.Serializer[Any]):
    """General rights; an opportunity's allowed actions say what applies to it."""

    read = serializers.BooleanField(help_text="May see opportunities.")
    reads_all = serializers.BooleanField(help_text="May see every opportunity.")
    follow_syncs = serializers.BooleanField()
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
    version = serializers.CharField(help_text="The version of BQS that answers.")


def me_of(user: Any) -> dict[str, Any]:
    access = access_of(user)
    known = [role for role in Role if access.has(role)]
    return {
        "id": user.pk,
        "username": user.get_username(),
        "name": person(user),
        "email": user.email,
        "roles": known,
        "practices": sorted(access.practices),
        "practices_led": sorted(access.practices_led),
        "crm_owner_name": access.crm_owner_name,
        "rights": _rights(user, access, set(known)),
        "version": settings.VERSION,
    }


def _rights(user: Any, access: UserAccess, roles: set[Role]) -> dict[str, bool]:
    runs_desk = access.could_hold_any(DESK)
    return {
        "read": user.has_perm(permissions.VIEW),
        "reads_all": access.reads_all,
        "follow_syncs": user.has_perm("sync.view_synclog"),
        "assign": runs_desk,
        "claim": access.may_work and Role.SA in roles,
        "decide": runs_desk,
        "comment": user.has_perm(permissions.COMMENT),
        "start_sync": user.has_perm("sync.trigger_sync"),
        "use_admin": user.is_staff,
    }


class Me(APIView):
    rights: ClassVar = {"GET": OWN}

    @extend_schema(summary="Who you are here, and what you may do", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(me_of(request.user)).data)


class PreferencesSerializer(StrictSerializer):
    preferences = serializers.DictField(help_text=f"Any JSON object of at most {MOST_BYTES} bytes.")

    def validate_preferences(self, sent: dict[str, Any]) -> dict[str, Any]:
        if len(json.dumps(sent, ensure_ascii=False).encode()) > MOST_BYTES:
            raise serializers.ValidationError(f"Send at most {MOST_BYTES} bytes.")
        return sent


class MyPreferences(APIView):
    rights: ClassVar = {"GET": OWN, "PUT": OWN}

    @extend_schema(summary="Your preferences for the page", responses=PreferencesSerializer)
    def get(self, request: Request) -> Response:
        kept = (
            Preferences.objects.filter(user=user_of(request)).values_list("kept", flat=True).first()
        )
        return Response({"preferences": kept or {}})

    @extend_schema(
        summary="Save your preferences for the page; the last one wins",
        request=PreferencesSerializer,
        responses=PreferencesSerializer,
    )
    def put(self, request: Request) -> Response:
        kept, user = PreferencesSerializer.read(request)["preferences"], user_of(request)
        Preferences.objects.update_or_create(user=user, defaults={"kept": kept})
        return Response({"preferences": kept})
