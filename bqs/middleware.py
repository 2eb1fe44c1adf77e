"""What happens to every request before its view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class ApiTrailingSlashMiddleware:
    """Serve /api/x/ as /api/x, so that each address is routed and described once.

    A redirect would not do: browsers and clients drop the body of a redirected POST.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/api/"):
            # One only: a CRM number may itself end in a slash.
            request.path_info = request.path_info.removesuffix("/")
        return self.get_response(request)
