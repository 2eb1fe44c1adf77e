"""Show the API's documentation to people."""

from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from opportunities.api.rights import OWN


class ApiSchema(SpectacularAPIView):
    rights: ClassVar = {"GET": OWN}


class ApiDocs(SpectacularSwaggerView):
    """Swagger UI, for whoever is logged in; a browser that is not is sent to the login page."""

    rights: ClassVar = {"GET": OWN}
    url_name = "schema"
    # It is a page: there is nothing to tell a program that asks for its OPTIONS.
    http_method_names = ("get", "head")

    def handle_exception(self, exc: Exception) -> Any:
        if isinstance(exc, NotAuthenticated) and _is_browser(self.request):
            return redirect_to_login(self.request.get_full_path())
        return super().handle_exception(exc)


def _is_browser(request: Request) -> bool:
    return "text/html" in request.headers.get("Accept", "")
