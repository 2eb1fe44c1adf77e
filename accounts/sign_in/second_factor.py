"""Require second factors (SECOND_FACTOR_ROLES), and slow down guessing their codes."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.cache import caches
from django.forms import ValidationError

from accounts.sign_in.delays import begin_try

SUPERUSER = "superuser"
FROM_PROVIDER = "openid"
"""Key of a session's id token; who comes from the provider has shown a second factor there."""
CODE_IS_USED_FOR_S = 120


def has_second_factor(user: Any) -> bool:
    found = Authenticator.objects.filter(user_id=user.pk)
    return found.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def lacks_second_factor(user: Any) -> bool:
    """Return whether this person's role asks for one that is not set up yet."""
    return _must_have_one(user) and not has_second_factor(user)


def session_lacks_second_factor(request: Any) -> bool:
    return FROM_PROVIDER not in request.session and lacks_second_factor(request.user)


def _must_have_one(user: Any) -> bool:
    roles = settings.SECOND_FACTOR_ROLES
    if not roles or not user.is_authenticated:
        return False
    is_above = user.is_superuser and SUPERUSER in roles
    return is_above or user.groups.filter(name__in=roles).exists()


class SlowedCode:
    """A code of a second factor: behind the rule of passwords, and good once in all processes."""

    def clean_code(self) -> str:
        tried = begin_try(context.request, f"code of {self.user.pk}")  # type: ignore[attr-defined]
        code: str = super().clean_code()  # type: ignore[misc]
        used = f"code-{self.user.pk}-{code}"  # type: ignore[attr-defined]
        if not caches["shared"].add(used, True, CODE_IS_USED_FOR_S):
            raise ValidationError("This code has been used. Wait for the next one.")
        tried.succeeded()
        return code

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]
        name = {"username": authenticator.user.get_username()}
        user_login_failed.send(__name__, credentials=name, request=context.request)


class CodeForm(SlowedCode, AuthenticateForm):
    """Asks for a code at sign-in."""


class CodeAgainForm(SlowedCode, ReauthenticateForm):
    """Asks for a code before a change to what protects the account."""
