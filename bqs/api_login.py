"""Logging in to the API: a token for programs. Browsers use the session of /admin/login/."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.authtoken.models import Token
from rest_framework.authtoken.serializers import AuthTokenSerializer
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, ScopedRateThrottle
from rest_framework.views import APIView


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(help_text="Send it as `Authorization: Token …`.")


class TokenView(APIView):
    throttle_scope = "login"

    def get_authenticators(self) -> list[BaseAuthentication]:
        # Not even read: an outdated token must not keep its owner from getting a new one.
        return [] if self._is_login else super().get_authenticators()

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self._is_login else IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        return [ScopedRateThrottle()] if self._is_login else []

    @property
    def _is_login(self) -> bool:
        # Without a request while the schema is made.
        return getattr(self.request, "method", "") == "POST"

    @extend_schema(
        summary="Log in: a user name and password for a token",
        description="Public, the one address that is: who asks has nothing to log in with yet.",
        request=AuthTokenSerializer,
        responses={
            200: TokenSerializer,
            429: OpenApiResponse(description="Too many tries; Retry-After says how long to wait."),
        },
        examples=[
            OpenApiExample(
                "Log in",
                {"username": "ada", "password": "correct horse battery"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        login = AuthTokenSerializer(data=request.data, context={"request": request})
        login.is_valid(raise_exception=True)
        token, _ = Token.objects.get_or_create(user=login.validated_data["user"])
        return Response({"token": token.key})

    @extend_schema(summary="Log out: the token is good no longer", responses={204: None})
    def delete(self, request: Request) -> Response:
        assert isinstance(request.user, AbstractBaseUser)  # noqa: S101 - IsAuthenticated
        Token.objects.filter(user=request.user).delete()
        return Response(status=204)
