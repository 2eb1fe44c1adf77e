"""Getting in and out: a session for browsers, a token for programs."""

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.models import User
from django.middleware.csrf import get_token
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.api import examples
from accounts.api.me import MeSerializer, me_of
from accounts.models import ApiToken
from accounts.sessions import BrowserSession
from accounts.tokens import issue_token
from opportunities.api.strict_bodies import StrictSerializer, TextField
from opportunities.api.throttles import CallThrottle, SharedRateThrottle

WRONG = "The user name or the password is wrong."
TOO_MANY = OpenApiResponse(description="Too many tries; Retry-After says how many seconds to wait.")


class CredentialsSerializer(StrictSerializer):
    username = TextField(max_length=150)
    password = TextField(max_length=4096, trim_whitespace=False, style={"input_type": "password"})

    def user(self, request: Request) -> User:
        """Raises: ValidationError, the same for a wrong name, a wrong password, a leaver."""
        self.is_valid(raise_exception=True)
        # Django's own request: the counter of failed log-ins marks that one.
        user = authenticate(request._request, **self.validated_data)
        if isinstance(user, User):
            return user
        raise serializers.ValidationError({"password": [WRONG]}, code="wrong_credentials")


class PublicToPost(APIView):
    """What is public is logging in; who asks for more is somebody."""

    throttle_scope = "login"
    public_methods: tuple[str, ...] = ("POST",)

    def get_authenticators(self) -> list[BaseAuthentication]:
        # Not even read: an outdated token must not keep its owner from getting a new one.
        return [] if self._is_login else super().get_authenticators()

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self._is_public else IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        return [SharedRateThrottle() if self._is_login else CallThrottle()]

    @property
    def _method(self) -> str:
        # Without a request while the schema is made.
        return str(getattr(self.request, "method", ""))

    @property
    def _is_login(self) -> bool:
        return self._method == "POST"

    @property
    def _is_public(self) -> bool:
        return self._method in self.public_methods


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(
        help_text="Send it as `Authorization: Token …`. It is not shown again."
    )


class TokenView(PublicToPost):
    @extend_schema(
        summary="Log in: a user name and password for a token",
        description="For programs. Public: who asks has nothing to log in with yet.",
        request=CredentialsSerializer,
        responses={200: TokenSerializer, 429: TOO_MANY},
        examples=[
            OpenApiExample("Log in", examples.CREDENTIALS, request_only=True),
            OpenApiExample("A token", examples.TOKEN_TEXT, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        user = CredentialsSerializer(data=request.data).user(request)
        _, text = issue_token(user, "Log-in")
        return Response({"token": text})

    @extend_schema(summary="Log out: the token is good no longer", responses={204: None})
    def delete(self, request: Request) -> Response:
        if isinstance(request.auth, ApiToken):
            request.auth.delete()
        return Response(status=204)


class SessionSerializer(serializers.Serializer[Any]):
    csrf_token = serializers.CharField(
        help_text="To be sent as X-CSRFToken with everything that writes."
    )
    me = MeSerializer(allow_null=True, help_text="Null where nobody is logged in.")


class SessionView(PublicToPost):
    public_methods = ("POST", "GET")

    @extend_schema(
        summary="Whether somebody is logged in, and the CSRF token to write with",
        responses=SessionSerializer,
        examples=[OpenApiExample("Nobody yet", examples.NO_SESSION)],
    )
    def get(self, request: Request) -> Response:
        return Response(_session(request))

    @extend_schema(
        summary="Log in with a browser, by a session cookie",
        description="Public. Wants the CSRF token of GET /api/session; the answer has the new one.",
        request=CredentialsSerializer,
        responses={
            200: SessionSerializer,
            403: OpenApiResponse(description="The CSRF token is missing or wrong."),
            429: TOO_MANY,
        },
        examples=[
            OpenApiExample("Log in", examples.CREDENTIALS, request_only=True),
            OpenApiExample("Logged in", examples.SESSION, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        # Else another site could log a browser in as somebody else.
        BrowserSession().enforce_csrf(request)
        user = CredentialsSerializer(data=request.data).user(request)
        login(request._request, user)
        request.user = user
        return Response(_session(request))

    @extend_schema(summary="Log out: the session ends", responses={204: None})
    def delete(self, request: Request) -> Response:
        logout(request._request)
        return Response(status=204)


def _session(request: Request) -> Any:
    me = me_of(request.user) if request.user.is_authenticated else None
    return SessionSerializer({"csrf_token": get_token(request._request), "me": me}).data
