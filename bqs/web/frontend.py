"""Serve the frontend as `npm run build` left it: one page for all its addresses."""

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found

# As frontend/src/app/router.tsx has them; a test compares the two. All else is not found.
ROUTES = (
    "/",
    "/dashboard",
    "/inbox",
    "/board",
    "/calendar",
    "/compare",
    "/opportunities/$id",
    "/opportunities/$id/assessment",
    "/profile",
    "/notifications",
    "/opportunities/$id/review",
    "/syncs",
    "/syncs/$id",
)
ID = "[0-9]{1,18}"

# Of the one style element that the component library writes into the page (how a button takes
# touches). A later version may have another: the browser tests then fail with the new one.
STYLE_OF_BUTTONS = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"


@require_safe
@never_cache
@csp_update({"style-src": ["'self'", STYLE_OF_BUTTONS]})
def frontend(request: HttpRequest) -> HttpResponseBase:
    """Serve the page to everybody: it holds no data and asks the API who is signed in.

    With single sign-on it leads to the page that offers it.

    Its files have their content in their names, but it has not: a browser asks for it each time.
    """
    if settings.OIDC_ISSUER and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    page = settings.FRONTEND_DIST / "index.html"
    if not page.is_file():
        return redirect("admin:index")
    return HttpResponse(_at_this_address(page.read_text(encoding="utf-8")))


def _at_this_address(page: str) -> str:
    """Say where the site and its files are: one build serves any URL_PREFIX."""
    page = page.replace(' data-prefix=""', f' data-prefix="{settings.URL_PREFIX}"')
    page = page.replace('="./', '="/static/app/')
    return page.replace('="/static/', f'="{settings.STATIC_URL}')


@csrf_exempt
def not_found(request: HttpRequest) -> HttpResponse:
    """Show the friendly page, also with DEBUG on, as in a demo."""
    return page_not_found(request, Http404())


def addresses() -> list[URLPattern]:
    """Return a pattern for each route, with or without a slash at its end, and one for the rest."""
    routes = [re_path(_pattern(route), frontend, name=route) for route in ROUTES]
    return [*routes, re_path(r"^(?!(?:admin|static)(?:/|$))", not_found)]


def _pattern(route: str) -> str:
    pattern = route.strip("/").replace("$id", ID)
    return f"^{pattern}/?$" if pattern else "^$"
