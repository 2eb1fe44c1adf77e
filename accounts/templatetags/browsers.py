"""Name a browser as its owner would."""

import re

from django import template

register = template.Library()
# Each also claims to be those after it.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "", "Chrome": "", "Safari": ""}
SYSTEMS = {"Windows": "", "iPhone": "", "iPad": "", "Android": "", "Mac OS X": "macOS", "Linux": ""}


@register.filter
def browser_name(user_agent: str) -> str:
    """Return "Firefox on Windows" for what a browser sends; what is unknown stays as it is."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    return f"{browser} on {system}" if browser and system else user_agent


def _first(names: dict[str, str], user_agent: str) -> str:
    found = (names[each] or each for each in names if re.search(rf"\b{each}\b", user_agent))
    return next(found, "")
