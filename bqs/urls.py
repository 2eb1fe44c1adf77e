"""Every address of the site; those of the API have no trailing slash, but are served with one."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from bqs.api_choices import OpportunityChoices
from bqs.api_docs import ApiDocs
from bqs.dashboard.api import Dashboard
from bqs.frontend import addresses
from bqs.problems import NoSuchEndpoint

admin.autodiscover()

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("assessments.urls")),
    path("api/", include("opportunities.api.urls")),
    path("api/", include("assessments.api.urls")),
    path("api/", include("sync.api.urls")),
    path("api/", include("accounts.api.urls")),
    path("api/opportunities/choices", OpportunityChoices.as_view(), name="opportunity-choices"),
    path("api/dashboard", Dashboard.as_view(), name="api-dashboard"),
    path("api/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs", ApiDocs.as_view(), name="api-docs"),
    path("api", NoSuchEndpoint.as_view()),
    # Whatever is in it, line ends too, which <path:> does not match.
    re_path(r"^api/[\s\S]*$", NoSuchEndpoint.as_view()),
    *addresses(),
]
handler500 = "bqs.problems.server_error"
