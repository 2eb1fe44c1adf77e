"""Adapt allauth's sign-in form, and its page of sessions: each can be ended, or all of them."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.internal.flows.logout import logout
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.sign_in.ending import end_sessions, end_tokens


class SignInForm(LoginForm):
    @property
    def provider(self) -> str:
        """Return the name of the company's single sign-on; blank where there is none."""
        return settings.OIDC_NAME if settings.OIDC_ISSUER else ""

    @property
    def is_for_emergencies(self) -> bool:
        return bool(settings.OIDC_ONLY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autofocus"] = not self.provider


class Sessions(ListUserSessionsView):
    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        user: Any = request.user
        own = UserSession.objects.filter(user=user)
        if pk := request.POST.get("session"):
            for session in own.filter(pk=int(pk) if pk.isdecimal() else None):
                session.end()
            messages.success(request, "That session has ended.")
            return redirect("usersessions_list")
        end_tokens(user)
        end_sessions(user)
        logout(request)
        return redirect("account_login")
