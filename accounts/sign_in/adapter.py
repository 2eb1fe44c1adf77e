"""Adapt allauth: nobody signs up, and mails are sent outside the request."""

import logging
from threading import Thread
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.kept_secrets import KeptSecrets
from accounts.sign_in.second_factor import FROM_PROVIDER

log = logging.getLogger(__name__)


WRONG = "The user name or password is wrong."


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """Ask nothing more of somebody who comes from the provider."""
        by_provider = hasattr(context.request, "id_token")
        return [] if by_provider else super().get_login_stages()

    def is_reauthentication_required(self, **about: Any) -> bool:
        """Ask those for their password who have signed in by one."""
        by_password = FROM_PROVIDER not in context.request.session
        return by_password and super().is_reauthentication_required(**about)

    def is_safe_url(self, url: str) -> bool:
        """Accept this site alone: ALLOWED_HOSTS and CSRF_TRUSTED_ORIGINS may name others."""
        host = context.request.get_host()
        return url_has_allowed_host_and_scheme(url, {host}, require_https=settings.HTTPS_ONLY)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Build the link from SITE_URL, which no request header can change."""
        uid, _, token = key.partition("-")
        kwargs = {"uidb36": uid, "key": token}
        path = reverse("account_reset_password_from_key", kwargs=kwargs)
        return settings.SITE_URL + path.removeprefix(settings.URL_PREFIX)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send outside the request: its duration would reveal which addresses have an account."""
        mail = self.render_mail(template_prefix, email, {"email": email, **context})
        if settings.ACCOUNT_MAILS_IN_BACKGROUND:
            Thread(target=_send, args=[mail], daemon=True).start()
        else:
            _send(mail)


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except OSError as error:  # SMTPException is one.
        log.error("A mail about an account could not be sent: %s", error)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets of authenticator apps so that a copy of the database alone makes no codes."""

    _kept = KeptSecrets("second factor")

    def encrypt(self, text: str) -> str:
        return self._kept.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return self._kept.decrypt(encrypted_text)
