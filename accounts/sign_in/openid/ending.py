"""End sessions here when they end at the provider, and lead there when somebody signs out here."""

import logging
import time
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.sign_in.ending import end_sessions
from accounts.sign_in.openid.provider import CLOCKS_DIFFER_S, ProviderError, claims_of, discovery
from accounts.sign_in.second_factor import FROM_PROVIDER
from audit.recording import record

log = logging.getLogger(__name__)
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
COUNTS_FOR_S = 300
# Where people sign out themselves; a session that ends by its age leaves the provider alone.
DOORS_OUT = frozenset({"account_logout", "admin:logout", "usersessions_list", "session"})


@csrf_exempt
@require_POST
@never_cache
@transaction.atomic
def backchannel_logout(request: HttpRequest) -> HttpResponse:
    """End every session of the person whom the provider's signed token names.

    All or nothing: where it fails the token is unspent, too, and can be sent again.
    """
    try:
        subject = _subject_of(request.POST.get("logout_token", ""))
    except ProviderError as error:
        log.warning("A back-channel logout was refused: %s", error)
        return JsonResponse({"error": "invalid_request"}, status=400)
    found = SocialAccount.objects.filter(provider=settings.OIDC_ISSUER, uid=subject)
    for account in found.select_related("user"):
        end_sessions(account.user)
        record("sessions.ended", about=account.user, source="single sign-on")
    return HttpResponse()


def _subject_of(token: str) -> str:
    """Raises: ProviderError."""
    if not settings.OIDC_ISSUER:
        raise ProviderError("single sign-on is off")
    claims = claims_of(token, "jti", "events")
    if not isinstance(claims["events"], dict) or LOGOUT not in claims["events"]:
        raise ProviderError("the token is about something else")
    if "nonce" in claims:
        raise ProviderError("the token is one of a sign-in")
    if time.time() - claims["iat"] > COUNTS_FOR_S:
        raise ProviderError("the token is too old")
    seen = f"logout-{sha256(str(claims['jti']).encode()).hexdigest()}"
    if not caches["shared"].add(seen, True, COUNTS_FOR_S + 2 * CLOCKS_DIFFER_S):
        raise ProviderError("the token was used before")
    return str(claims["sub"])


def note_where_to_leave(request: HttpRequest | None, **signal: Any) -> None:
    """Note the provider's page to sign out at; SignInMiddleware leads there."""
    view = request and request.resolver_match and request.resolver_match.view_name
    if not request or view not in DOORS_OUT or FROM_PROVIDER not in request.session:
        return
    try:
        page = discovery().get("end_session_endpoint")
    except ProviderError as error:
        log.warning("Signed out here alone: %s", error)
        return
    if page:
        query = {
            "id_token_hint": request.session[FROM_PROVIDER],
            "client_id": settings.OIDC_CLIENT_ID,
            "post_logout_redirect_uri": request.build_absolute_uri(reverse("account_login")),
        }
        request.leave_at = f"{page}?{urlencode(query)}"  # type: ignore[attr-defined]
