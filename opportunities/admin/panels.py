"""What other apps show on the page of an opportunity, so that this app need not know them."""

from collections.abc import Callable

from django.http import HttpRequest

from opportunities.models import Opportunity

Panel = Callable[[HttpRequest, Opportunity], str]
"""Returns safe HTML, or nothing where it has nothing to say."""

_panels: list[Panel] = []


def opportunity_panel(panel: Panel) -> Panel:
    """Put this below the form of every opportunity."""
    _panels.append(panel)
    return panel


def panels_of(request: HttpRequest, opportunity: Opportunity) -> list[str]:
    return [panel(request, opportunity) for panel in _panels]
