"""Route the site; API addresses have no trailing slash, but are served with one, too."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from bqs.api.choices import OpportunityChoices
from bqs.api.docs import ApiDocs, ApiSchema
from bqs.api.fields import OpportunityFields
from bqs.api.problems import NoSuchEndpoint
from bqs.api.pulse import Pulse
from bqs.dashboard.api import Dashboard
from bqs.metrics.page import metrics
from bqs.web.frontend import addresses
from bqs.web.security_txt import security_txt
from notifications.calendar.page import calendar

admin.autodiscover()
# Everybody keeps their own of these, on the pages below /accounts/.
of_allauth = [Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession]
admin.site.unregister(of_allauth)

urlpatterns = [
    # One page to change one's password, with one rule.
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("", include("assessments.record.urls")),
    path("calendar/<str:key>.ics", calendar, name="calendar"),
    path(".well-known/security.txt", security_txt),
    path("metrics", metrics, name="metrics"),
    path("api/", include("opportunities.api.urls")),
    path("api/", include("assessments.api.urls")),
    path("api/", include("sync.api.urls")),
    path("api/", include("accounts.api.urls")),
    path("api/", include("notifications.api.urls")),
    path("api/opportunities/choices", OpportunityChoices.as_view(), name="opportunity-choices"),
    path("api/opportunities/fields", OpportunityFields.as_view(), name="opportunity-fields"),
    path("api/pulse", Pulse.as_view(), name="api-pulse"),
    path("api/dashboard", Dashboard.as_view(), name="api-dashboard"),
    path("api/schema", ApiSchema.as_view(), name="schema"),
    path("api/docs", ApiDocs.as_view(), name="api-docs"),
    path("api", NoSuchEndpoint.as_view()),
    # Whatever is in it, line ends too, which <path:> does not match.
    re_path(r"^api/[\s\S]*$", NoSuchEndpoint.as_view()),
    *addresses(),
]
handler500 = "bqs.api.problems.server_error"
