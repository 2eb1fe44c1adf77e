"""What other apps show on the page of an opportunity, so that this app need not know them."""

from collections import defaultdict
from collections.abc import Callable
from enum import Enum

from django.http import HttpRequest

from opportunities.models import Opportunity

Panel = Callable[[HttpRequest, Opportunity], str]
"""Returns safe HTML, or nothing where it has nothing to say."""


class Place(Enum):
    TOP = "top"
    """Above everything, for what must not be overlooked."""
    MAIN = "main"
    """Where people work."""
    ASIDE = "aside"
    """Beside it, where the facts are."""


_panels: defaultdict[Place, list[Panel]] = defaultdict(list)


def opportunity_panel(place: Place) -> Callable[[Panel], Panel]:
    """Put this on the page of every opportunity."""

    def add(panel: Panel) -> Panel:
        _panels[place].append(panel)
        return panel

    return add


def panels_of(request: HttpRequest, opportunity: Opportunity) -> dict[str, list[str]]:
    return {
        place.value: [html for panel in _panels[place] if (html := panel(request, opportunity))]
        for place in Place
    }
