"""Style the admin: a part of the settings."""

from collections.abc import Callable

from django.templatetags.static import static
from django.urls import reverse_lazy

from bqs import __version__

STYLES = ("colours", "theme", "pages", "overview", "template_editor")


def _file(name: str) -> Callable[[object], str]:
    """Return a function for the file's address, which the theme calls with each request."""
    return lambda request: static(f"bqs/{name}")


UNFOLD = {
    "SITE_TITLE": "BQS",
    "SITE_HEADER": "Bid qualification",
    "SITE_SUBHEADER": f"Version {__version__}",
    "SITE_SYMBOL": "fact_check",
    "SITE_URL": reverse_lazy("/"),
    "SHOW_BACK_BUTTON": True,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _file("icon.svg")}],
    "STYLES": [_file(f"{name}.css") for name in STYLES],
    "SCRIPTS": [_file("alpine.js"), _file("unsaved.js")],
    "DASHBOARD_CALLBACK": "bqs.admin_site.overview.page.overview",
    "ACCOUNT": {
        "navigation": [
            {"title": "Change password", "link": reverse_lazy("account_change_password")},
            {"title": "Sessions", "link": reverse_lazy("usersessions_list")},
            {"title": "Second factor", "link": reverse_lazy("mfa_index")},
        ]
    },
    "SIDEBAR": {"navigation": "bqs.admin_site.navigation.navigation"},
    "BORDER_RADIUS": "6px",
    # The accent of the frontend, exactly: 600 is its light one, 500 its dark one.
    "COLORS": {
        "primary": {
            "50": "oklch(97.5% .012 277)",
            "100": "oklch(94.3% .022 277)",
            "200": "oklch(89.5% .05 277)",
            "300": "oklch(83% .085 277)",
            "400": "oklch(79% .11 276)",
            "500": "oklch(75.3% .127 276)",
            "600": "oklch(48.5% .182 271)",
            "700": "oklch(43% .18 271)",
            "800": "oklch(37.5% .15 271)",
            "900": "oklch(32.5% .12 272)",
            "950": "oklch(24% .08 273)",
        },
        "font": {
            "subtle-light": "var(--color-base-600)",
            "subtle-dark": "var(--color-base-400)",
            "default-light": "var(--color-base-900)",
            "default-dark": "var(--color-base-100)",
            "important-light": "var(--color-base-900)",
            "important-dark": "var(--color-base-100)",
        },
    },
}
