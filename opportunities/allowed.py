"""What somebody may do with an opportunity now, and why not the rest: from the same table."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from opportunities.models import Channel, Opportunity
from opportunities.roles import Standing
from opportunities.rules import Attempt, objection
from opportunities.transitions import refusal_of_right
from opportunities.workflow import Action, Ask, Transition, transitions_from


@dataclass(frozen=True)
class ActionOffer:
    action: Action
    label: str
    is_allowed: bool
    guard: str = ""
    """The rule that refuses it, or blank."""
    refusal: str = ""
    """The same as a sentence."""
    asks: tuple[Ask, ...] = ()
    """What has to be said with it."""
    may_ask: tuple[Ask, ...] = ()


def allowed_actions(opportunity: Opportunity, standing: Standing) -> list[ActionOffer]:
    """Of every action people have in this state, in the table's order.

    Only what needs no input is judged; move() judges the rest.
    """
    return list(_offers(opportunity, standing))


def _offers(opportunity: Opportunity, standing: Standing) -> Iterator[ActionOffer]:
    for transition in transitions_from(opportunity.workflow_status):
        if not transition.is_system:
            guard, refusal = _objection(opportunity, transition, standing) or ("", "")
            yield ActionOffer(
                transition.action,
                transition.action.label,
                is_allowed=not refusal,
                guard=guard,
                refusal=refusal,
                asks=transition.asks,
                may_ask=transition.may_ask,
            )


def _objection(
    opportunity: Opportunity, transition: Transition, standing: Standing
) -> tuple[str, str] | None:
    if not standing.holds_any(transition.rights, opportunity):
        return "right", refusal_of_right(transition)
    attempt = Attempt(opportunity, transition, standing, at=timezone.now(), channel=Channel.SCREEN)
    return objection(attempt, with_input=False)
