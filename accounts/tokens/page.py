"""Show the page to make, list and revoke one's own API tokens."""

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import ApiToken
from accounts.sign_in.second_factor import session_lacks_second_factor
from accounts.tokens.tokens import DEFAULT, Scope, TooManyTokens, issue_token


class TokenForm(forms.Form):
    name = forms.CharField(max_length=100, help_text="What it is for.")
    scopes = forms.MultipleChoiceField(
        label="It may",
        choices=Scope.choices,
        initial=sorted(DEFAULT),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.API_TOKEN_DAYS
        self.fields["days"] = forms.IntegerField(
            label="Days until it expires", min_value=1, max_value=most, initial=most
        )

    def issue(self, user: Any) -> str:
        """Return the text to show once; blank where there are too many."""
        data = self.cleaned_data
        end = timezone.now() + timedelta(days=data["days"])
        try:
            return issue_token(user, data["name"], data["scopes"], end)[1]
        except TooManyTokens as error:
            self.add_error(None, str(error))
            return ""


@never_cache
@login_required
@reauthentication_required(allow_get=True)
def tokens(request: HttpRequest) -> HttpResponse:
    if session_lacks_second_factor(request):
        return redirect("mfa_index")
    own = ApiToken.objects.filter(user=request.user.pk)
    if pk := request.POST.get("revoke"):
        own.filter(pk=int(pk) if pk.isdecimal() else 0).delete()
        messages.success(request, "The token is revoked.")
        return redirect("account_tokens")
    form, text = TokenForm(request.POST or None), ""
    if form.is_valid() and (text := form.issue(request.user)):
        form = TokenForm()
    context = {"form": form, "tokens": own, "text": text, "now": timezone.now()}
    return render(request, "account/tokens.html", context)
