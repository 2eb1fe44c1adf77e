"""Ask the provider: its addresses and keys, and what it says of a person in signed tokens."""

from typing import Any

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.core.cache import cache

KEPT_S = 300
TIMEOUT_S = 5
CLOCKS_DIFFER_S = 60
# What we and allauth ask a discovery page for.
ADDRESSES = frozenset({"authorization_endpoint", "token_endpoint", "jwks_uri"})
# No symmetric ones, nor "none": else whoever knows a public key could sign.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]


class ProviderError(OAuth2Error):
    """Says in our own words what the provider did wrong; holds no token."""


def discovery() -> dict[str, Any]:
    """Return the provider's addresses, and its keys under `keys`; asked for every five minutes.

    Raises: ProviderError.
    """
    key = f"openid-{settings.OIDC_ISSUER}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _discover()
        cache.set(key, found, KEPT_S)
    return found


def claims_of(token: str, *required: str) -> dict[str, Any]:
    """Check who signed a token, for whom and when, and return what it says.

    Raises: ProviderError.
    """
    # Not at the start: every command would wait for it.
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    config = discovery()
    options: dict[str, Any] = {name: {"essential": True} for name in ("sub", "iat", *required)}
    options["iss"] = {"essential": True, "value": config["issuer"]}
    options["aud"] = {"essential": True, "value": settings.OIDC_CLIENT_ID}
    rules = jwt.JWTClaimsRegistry(leeway=CLOCKS_DIFFER_S, **options)
    try:
        keys = KeySet.import_key_set(config["keys"])
        claims: dict[str, Any] = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        rules.validate(claims)
    except (JoseError, LookupError, ValueError, TypeError) as error:
        raise ProviderError(f"a token is not valid ({type(error).__name__})") from None
    if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise ProviderError("a token is for another program")
    return claims


def _discover() -> dict[str, Any]:
    config = _get(f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
    if str(config.get("issuer")).rstrip("/") != settings.OIDC_ISSUER:
        raise ProviderError("its discovery page names another issuer than OIDC_ISSUER")
    if lacking := sorted(ADDRESSES - config.keys()):
        raise ProviderError(f"its discovery page lacks {', '.join(lacking)}")
    return {**config, "keys": _get(config["jwks_uri"])}


def _get(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=TIMEOUT_S)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    except requests.RequestException as error:
        raise ProviderError(f"{address} does not answer ({type(error).__name__})") from None
    if not isinstance(found, dict):
        raise ProviderError(f"{address} answers no object of JSON")
    return found
