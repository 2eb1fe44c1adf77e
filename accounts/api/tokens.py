"""The tokens of one's own programs: made, listed with their last use, revoked."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import generics, serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import examples
from accounts.models import ApiToken
from accounts.tokens import issue_token
from opportunities.api.representation import StoredSerializer
from opportunities.api.strict_bodies import StrictSerializer, TextField

MOST_TOKENS = 50


class ApiTokenSerializer(StoredSerializer[ApiToken]):
    class Meta:
        model = ApiToken
        fields: tuple[str, ...] = (
            "id",
            "name",
            "beginning",
            "created_at",
            "expires_at",
            "last_used_at",
        )
        read_only_fields = fields


class NewTokenSerializer(ApiTokenSerializer):
    token = serializers.CharField(help_text="Keep it: it is not shown again.")

    class Meta(ApiTokenSerializer.Meta):
        fields: tuple[str, ...] = (*ApiTokenSerializer.Meta.fields, "token")
        read_only_fields = fields


class TokenOrderSerializer(StrictSerializer):
    name = TextField(max_length=100, help_text="What it is for.")
    expires_at = serializers.DateTimeField(required=False, allow_null=True)

    def validate_expires_at(self, moment: Any) -> Any:
        if moment and moment <= timezone.now():
            raise serializers.ValidationError("This is over already.")
        return moment


@extend_schema_view(
    get=extend_schema(
        summary="Your tokens, newest first", examples=[OpenApiExample("A token", examples.TOKEN)]
    )
)
class Tokens(generics.ListAPIView[ApiToken]):
    answers_with_secret = True
    queryset = ApiToken.objects.none()
    serializer_class = ApiTokenSerializer

    def get_queryset(self) -> Any:
        return ApiToken.objects.filter(user=self.request.user.pk)

    @extend_schema(
        summary="Make a token for a program",
        request=TokenOrderSerializer,
        responses={
            201: NewTokenSerializer,
            403: OpenApiResponse(description="A program's token makes no further ones."),
        },
        examples=[
            OpenApiExample("For a report", {"name": "Weekly report"}, request_only=True),
            OpenApiExample("The token", examples.NEW_TOKEN, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        if isinstance(request.auth, ApiToken):
            raise PermissionDenied("Tokens are made by people who are logged in, not by tokens.")
        order = TokenOrderSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        if self.get_queryset().count() >= MOST_TOKENS:
            sentence = f"You have {MOST_TOKENS} tokens: revoke one that is no longer used."
            raise serializers.ValidationError({"name": [sentence]})
        user: Any = request.user
        token, text = issue_token(user, **order.validated_data)
        shown = {**ApiTokenSerializer(token).data, "token": text}
        return Response(shown, status=201)


@extend_schema_view(
    delete=extend_schema(summary="Revoke a token: it is good no longer", responses={204: None})
)
class Token(generics.DestroyAPIView[ApiToken]):
    queryset = ApiToken.objects.none()
    serializer_class = ApiTokenSerializer

    def get_queryset(self) -> Any:
        return ApiToken.objects.filter(user=self.request.user.pk)
