"""What other apps add to the page of an action: a notice, more to say, or a page of their own."""

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.http import QueryDict

from opportunities.models import Opportunity
from opportunities.workflow import Action


class ActionPart(Protocol):
    notices: list[str]
    """Sentences to read before deciding."""

    def is_valid(self) -> bool: ...

    def params(self) -> dict[str, Any]:
        """For move(), beside what the table asks for."""

    def html(self) -> str:
        """Further fields, or nothing."""


PartMaker = Callable[[Opportunity, Action, User, QueryDict | None], ActionPart]
"""The data is what was posted, None while the page is only looked at."""

_makers: dict[Action, PartMaker] = {}
_addresses: dict[Action, Callable[[Opportunity], str]] = {}


def register_action_part(action: Action, maker: PartMaker) -> None:
    _makers[action] = maker


def register_action_page(action: Action, address: Callable[[Opportunity], str]) -> None:
    """This action is done on another page, whose address this is."""
    _addresses[action] = address


def part_of(
    opportunity: Opportunity, action: Action, user: User, data: QueryDict | None
) -> ActionPart | None:
    maker = _makers.get(action)
    return maker(opportunity, action, user, data) if maker else None


def page_of(opportunity: Opportunity, action: Action) -> str | None:
    address = _addresses.get(action)
    return address(opportunity) if address else None
