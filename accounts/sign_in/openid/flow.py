"""Lead a browser to the provider and back; allauth does the steps, this adds the checks."""

import logging
import re
from typing import Any, NoReturn

from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache

from accounts.sign_in.openid.people import Refused, admit, shown_name
from accounts.sign_in.openid.provider import ProviderError, claims_of, discovery

log = logging.getLogger(__name__)
CODE_OF_ERROR = re.compile(r'"error": *"(\w+)"')
LONGEST_SUBJECT = 191
CANCELLED = "You cancelled the sign-in. Sign in again when you like."
FAILED = "The sign-in did not work. Try again; if it fails again, tell an administrator."


class CompanyProvider(OpenIDConnectProvider):
    """Takes nothing from the query but where to go on."""

    def get_oauth2_adapter(self, request: HttpRequest) -> "CompanyAdapter":
        return CompanyAdapter(request, self.app.provider_id)

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **_: Any
    ) -> HttpResponseBase:
        sent = {"nonce": get_random_string(32)}
        answer: HttpResponseBase = super().redirect(
            request, AuthProcess.LOGIN, next_url, data, auth_params=dict(sent), **sent
        )
        return answer


class CompanyAdapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        return discovery()

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("openid_callback"))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Return the login of whom the tokens name; of two values the signed one counts."""
        id_token = kwargs["response"].get("id_token", "")
        claims = claims_of(id_token, "exp", "nonce")
        if "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise ProviderError("its user info is about somebody else")
            claims = {**more, **claims}
        if len(claims["sub"]) > LONGEST_SUBJECT:
            raise ProviderError("a subject is too long")
        account = SocialAccount(provider=settings.OIDC_ISSUER, uid=claims["sub"])
        login = SocialLogin(user=User(), account=account)
        login.claims, login.id_token = claims, id_token
        return login


class CompanyAccounts(DefaultSocialAccountAdapter):
    """Knows the one provider that the settings name, and lets in whom it vouches for."""

    def get_provider(self, request: HttpRequest, *args: Any, **kwargs: Any) -> CompanyProvider:
        if not settings.OIDC_ISSUER:
            raise Http404
        return CompanyProvider(
            request,
            SocialApp(
                provider=CompanyProvider.id,
                provider_id="company",
                name=settings.OIDC_NAME,
                client_id=settings.OIDC_CLIENT_ID,
                secret=settings.OIDC_CLIENT_SECRET,
                settings={"oauth_pkce_enabled": True},
            ),
        )

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        claims = sociallogin.claims
        if claims["nonce"] != sociallogin.state["nonce"]:
            raise ProviderError("a token answers another question")
        try:
            sociallogin.user = admit(sociallogin.account, claims)
        except Refused as refusal:
            name = {"username": shown_name(claims)}
            user_login_failed.send(__name__, credentials=name, request=request)
            _refuse(request, str(refusal))
        request.id_token = sociallogin.id_token  # type: ignore[attr-defined]

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        **_: Any,
    ) -> NoReturn:
        if error == AuthError.CANCELLED:
            _refuse(request, CANCELLED)
        log.warning("A single sign-on failed: %s", _without_secrets(exception))
        _refuse(request, FAILED)


def _without_secrets(error: Exception | None) -> str:
    """Name what went wrong: what a provider answers may hold tokens, but for its error code."""
    if error is None or isinstance(error, ProviderError):
        return str(error or "what came back belongs to no sign-in that began here")
    return " ".join([type(error).__name__, *CODE_OF_ERROR.findall(str(error))])


def _refuse(request: HttpRequest, why: str) -> NoReturn:
    page = render(request, "account/refused.html", {"why": why}, status=403)
    raise ImmediateHttpResponse(page)


@never_cache
@login_not_required
def login(request: HttpRequest) -> HttpResponseBase:
    return _step(OAuth2LoginView, request)


@never_cache
@login_not_required
def callback(request: HttpRequest) -> HttpResponseBase:
    return _step(OAuth2CallbackView, request)


def _step(view: Any, request: HttpRequest) -> HttpResponseBase:
    """Answer with a page, also where allauth lets an error of the provider pass."""
    adapter = CompanyAdapter(request, "company")
    try:
        answer: HttpResponseBase = view.adapter_view(adapter)(request)
    except OAuth2Error as error:
        try:
            CompanyAccounts(request).on_authentication_error(request, None, exception=error)
        except ImmediateHttpResponse as refusal:
            return refusal.response
    return answer
