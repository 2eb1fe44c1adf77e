"""Route the account pages: allauth's own, without sign-up."""

from allauth.account import views
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts.sign_in.openid import flow
from accounts.sign_in.openid.ending import backchannel_logout
from accounts.sign_in.pages import Sessions
from accounts.tokens.page import tokens

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # allauth leads here who has no password to change: they choose one by mail.
    path(
        "password/none/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("oidc/login/", flow.login, name="openid_login"),
    path("oidc/login/callback/", flow.callback, name="openid_callback"),
    path("oidc/backchannel-logout", backchannel_logout, name="openid_backchannel_logout"),
    path("sessions/", Sessions.as_view(), name="usersessions_list"),
    path("tokens/", tokens, name="account_tokens"),
    path("2fa/", include("allauth.mfa.urls")),
]
