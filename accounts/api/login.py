"""Sign in and out: a session for browsers, a token for programs."""

from typing import Any, ClassVar

from allauth.account.utils import perform_login
from django.contrib.auth import authenticate, logout
from django.contrib.auth.models import User
from django.middleware.csrf import get_token
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.api.me import MeSerializer, me_of
from accounts.api.tokens import ScopesField
from accounts.models import ApiToken
from accounts.sign_in.adapter import WRONG
from accounts.sign_in.second_factor import has_second_factor, lacks_second_factor
from accounts.sign_in.sessions import BrowserSession
from accounts.tokens.tokens import DEFAULT, issue_token
from opportunities.api.rights import OWN, PUBLIC
from opportunities.api.strict_bodies import StrictSerializer, TextField
from opportunities.api.throttles import CallThrottle

NEEDS_FACTOR = OpenApiResponse(
    description="`second_factor_required`: make a token at /accounts/tokens/ instead."
)
TOO_MANY = OpenApiResponse(description="Too many attempts. Retry-After gives the seconds to wait.")


class CredentialsSerializer(StrictSerializer):
    username = TextField(max_length=150)
    password = TextField(max_length=4096, trim_whitespace=False, style={"input_type": "password"})

    def user(self, request: Request) -> User:
        """Return the user.

        Raises: ValidationError, the same for a wrong name, a wrong password and a leaver.
        """
        self.is_valid(raise_exception=True)
        credentials = {name: self.validated_data[name] for name in ("username", "password")}
        # Django's own request: the rule against guessing marks that one.
        user = authenticate(request._request, **credentials)
        if isinstance(user, User):
            return user
        raise serializers.ValidationError({"password": [WRONG]}, code="wrong_credentials")


class PublicToPost(APIView):
    """A view whose POST is public, since it signs people in; its other methods are not."""

    def get_authenticators(self) -> list[BaseAuthentication]:
        # Not even read: an outdated token must not keep its owner from getting a new one.
        return [] if self._is_login else super().get_authenticators()

    def get_throttles(self) -> list[BaseThrottle]:
        # Tries to log in have a rule of their own.
        return [] if self._is_login else [CallThrottle()]

    @property
    def _is_login(self) -> bool:
        # Without a request while the schema is made.
        return getattr(self.request, "method", "") == "POST"


class SecondFactorRequired(PermissionDenied):
    default_code = "second_factor_required"

    def __init__(self, continue_at: str) -> None:
        where = reverse(continue_at)
        super().__init__(f"You need a second factor. Continue in a browser at {where}.")
        self.members = {"continue_at": where}


class TokenLogInSerializer(CredentialsSerializer):
    scopes = ScopesField(required=False, help_text="Default: `read`.")


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(
        help_text="Send it as `Authorization: Token …`. It is not shown again."
    )
    scopes = ScopesField()
    expires_at = serializers.DateTimeField()


class TokenView(PublicToPost):
    rights: ClassVar = {"POST": PUBLIC, "DELETE": OWN}

    @extend_schema(
        summary="Log in: a user name and password for a token",
        description="For programs. Public, since nobody is logged in yet. For people with "
        "a second factor, programs get theirs from the page /accounts/tokens/, or from POST "
        "/api/tokens in a session.",
        request=TokenLogInSerializer,
        responses={
            200: TokenSerializer,
            403: NEEDS_FACTOR,
            409: OpenApiResponse(description="You have too many tokens. Revoke one first."),
            429: TOO_MANY,
        },
    )
    def post(self, request: Request) -> Response:
        order = TokenLogInSerializer(data=request.data)
        user = order.user(request)
        if has_second_factor(user) or lacks_second_factor(user):
            raise SecondFactorRequired("account_tokens")
        token, text = issue_token(user, "Log-in", order.validated_data.get("scopes", DEFAULT))
        shown = {"token": text, "scopes": token.scopes, "expires_at": token.expires_at}
        return Response(TokenSerializer(shown).data)

    @extend_schema(summary="Log out: revoke the token", responses={204: None})
    def delete(self, request: Request) -> Response:
        if isinstance(request.auth, ApiToken):
            request.auth.delete()
        return Response(status=204)


class SessionSerializer(serializers.Serializer[Any]):
    csrf_token = serializers.CharField(help_text="Send it as X-CSRFToken with each write.")
    me = MeSerializer(allow_null=True, help_text="Null if nobody is logged in.")


class SignedOutSerializer(serializers.Serializer[Any]):
    continue_at = serializers.CharField(
        help_text="The page of the single sign-on that a browser signs out at next."
    )


# Only a site with single sign-on answers so.
LEAVE_AT = OpenApiExample(
    "SignedOut", {"continue_at": "https://login.example.com/logout?client_id=bqs"}
)


class SessionView(PublicToPost):
    rights: ClassVar = {"GET": PUBLIC, "POST": PUBLIC, "DELETE": OWN}

    @extend_schema(
        summary="Whether someone is logged in, and the CSRF token to write with",
        responses=SessionSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(_session(request))

    @extend_schema(
        summary="Log in with a browser, by a session cookie",
        description="Public. Send the CSRF token of GET /api/session; the answer has a new one.",
        request=CredentialsSerializer,
        responses={
            200: SessionSerializer,
            403: OpenApiResponse(
                description="The CSRF token is missing or wrong; or, as `second_factor_required`, "
                "the browser goes on at `continue_at`, with the password given."
            ),
            429: TOO_MANY,
        },
    )
    def post(self, request: Request) -> Response:
        # Else another site could log a browser in as somebody else.
        BrowserSession().enforce_csrf(request)
        user = CredentialsSerializer(data=request.data).user(request)
        perform_login(request._request, user)
        if not request._request.user.is_authenticated:
            raise SecondFactorRequired("mfa_authenticate")
        if lacks_second_factor(user):
            raise SecondFactorRequired("mfa_index")
        request.user = user
        return Response(_session(request))

    @extend_schema(
        summary="Log out: the session ends",
        responses={200: OpenApiResponse(SignedOutSerializer, examples=[LEAVE_AT]), 204: None},
    )
    def delete(self, request: Request) -> Response:
        logout(request._request)
        if leave_at := getattr(request._request, "leave_at", None):
            return Response({"continue_at": leave_at})
        return Response(status=204)


def _session(request: Request) -> Any:
    me = me_of(request.user) if request.user.is_authenticated else None
    return SessionSerializer({"csrf_token": get_token(request._request), "me": me}).data
