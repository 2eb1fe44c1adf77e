"""How somebody likes the screens; what is in it only the frontend knows."""

import json
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import examples
from accounts.models import Preferences
from opportunities.api.strict_bodies import StrictSerializer
from opportunities.roles import user_of

MOST_BYTES = 16_000


class PreferencesSerializer(StrictSerializer):
    preferences = serializers.DictField(help_text=f"Any JSON object of {MOST_BYTES} bytes at most.")

    def validate_preferences(self, sent: dict[str, Any]) -> dict[str, Any]:
        if len(json.dumps(sent, ensure_ascii=False).encode()) > MOST_BYTES:
            raise serializers.ValidationError(f"This is more than {MOST_BYTES} bytes.")
        return sent


class MyPreferences(APIView):
    @extend_schema(
        summary="How you like the screens",
        responses=PreferencesSerializer,
        examples=[OpenApiExample("Some", examples.PREFERENCES)],
    )
    def get(self, request: Request) -> Response:
        kept = (
            Preferences.objects.filter(user=user_of(request)).values_list("kept", flat=True).first()
        )
        return Response({"preferences": kept or {}})

    @extend_schema(
        summary="Keep how you like the screens; the last one wins",
        request=PreferencesSerializer,
        responses=PreferencesSerializer,
        examples=[OpenApiExample("Some", examples.PREFERENCES)],
    )
    def put(self, request: Request) -> Response:
        body = PreferencesSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        kept, user = body.validated_data["preferences"], user_of(request)
        Preferences.objects.update_or_create(user=user, defaults={"kept": kept})
        return Response({"preferences": kept})
