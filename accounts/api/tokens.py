"""Make, list and revoke the API tokens of one's own programs."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import ApiToken
from accounts.tokens.tokens import Scope, issue_token, latest_end
from opportunities.access.roles import user_of
from opportunities.api.representation import StoredSerializer
from opportunities.api.rights import OWN
from opportunities.api.strict_bodies import StrictSerializer, TextField


class ScopesField(serializers.MultipleChoiceField):
    """A token's scopes: a sorted list without duplicates."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=Scope.choices, allow_empty=False, **options)

    def to_internal_value(self, data: Any) -> Any:
        return sorted(super().to_internal_value(data))

    def to_representation(self, value: Any) -> Any:
        return sorted(super().to_representation(value))


class ApiTokenSerializer(StoredSerializer[ApiToken]):
    scopes = ScopesField()

    class Meta:
        model = ApiToken
        fields: tuple[str, ...] = (
            *("id", "name", "beginning", "scopes", "created_at", "expires_at"),
            *("last_used_at", "last_used_from"),
        )


class NewTokenSerializer(ApiTokenSerializer):
    token = serializers.CharField(help_text="Keep it: it is not shown again.")

    class Meta(ApiTokenSerializer.Meta):
        fields: tuple[str, ...] = (*ApiTokenSerializer.Meta.fields, "token")


class TokenOrderSerializer(StrictSerializer):
    name = TextField(max_length=100, help_text="What it is for.")
    scopes = ScopesField(required=False, help_text="Default: `read`.")
    expires_at = serializers.DateTimeField(
        required=False, help_text="API_TOKEN_DAYS from now by default, and at most."
    )

    def validate_expires_at(self, moment: Any) -> Any:
        if moment <= timezone.now():
            raise serializers.ValidationError("Choose a time in the future.")
        if moment > latest_end():
            sentence = f"Choose an earlier end, at most {settings.API_TOKEN_DAYS} days from now."
            raise serializers.ValidationError(sentence)
        return moment


class OwnTokens(generics.GenericAPIView[ApiToken]):
    queryset = ApiToken.objects.all()
    serializer_class = ApiTokenSerializer

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(user=self.request.user.pk)


@extend_schema_view(get=extend_schema(summary="Your tokens, newest first"))
class Tokens(OwnTokens, generics.ListAPIView[ApiToken]):
    rights: ClassVar = {"GET": OWN, "POST": OWN}
    answers_with_secret = True

    @extend_schema(
        summary="Make a token for a program",
        request=TokenOrderSerializer,
        responses={
            201: NewTokenSerializer,
            403: OpenApiResponse(
                description="You sent an API token. Only a signed-in person can make tokens."
            ),
            409: OpenApiResponse(description="You have too many tokens. Revoke one first."),
        },
    )
    def post(self, request: Request) -> Response:
        if isinstance(request.auth, ApiToken):
            raise PermissionDenied("Sign in to make tokens. An API token cannot make other tokens.")
        token, text = issue_token(user_of(request), **TokenOrderSerializer.read(request))
        shown = {**ApiTokenSerializer(token).data, "token": text}
        return Response(shown, status=201)


@extend_schema_view(delete=extend_schema(summary="Revoke a token", responses={204: None}))
class Token(OwnTokens, generics.DestroyAPIView[ApiToken]):
    rights: ClassVar = {"DELETE": OWN}
