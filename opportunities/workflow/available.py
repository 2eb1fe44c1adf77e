"""List the actions of a state: allowed, or refused with the reason."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from opportunities.access.roles import UserAccess
from opportunities.domain.states import (
    JUDGES_INPUT,
    Action,
    Guard,
    InputField,
    Transition,
    WorkflowStatus,
    transitions_from,
)
from opportunities.models import Channel, Opportunity
from opportunities.workflow.rules import TransitionContext, refusal_by
from opportunities.workflow.state import status_after
from opportunities.workflow.transitions import refusal_of_right


@dataclass(frozen=True)
class AvailableAction:
    action: Action
    label: str
    target: WorkflowStatus
    """The state it leads to, from the present one."""
    is_allowed: bool
    guard: str = ""
    """The rule that refuses it, or blank."""
    refusal: str = ""
    """The same as a sentence."""
    required_inputs: tuple[InputField, ...] = ()
    optional_inputs: tuple[InputField, ...] = ()


def allowed_actions(
    opportunity: Opportunity, access: UserAccess, among: Collection[Action] = Action
) -> list[AvailableAction]:
    """Return the actions people have in this state, in the table's order.

    Guards that judge inputs are left to apply_transition(); each other one is asked once, as it
    answers alike for all actions.
    """
    known: dict[Guard, str | None] = {}
    return [
        _available(opportunity, transition, *_refusal(opportunity, transition, access, known))
        for transition in transitions_from(opportunity.workflow_status)
        if not transition.is_system and transition.action in among
    ]


def _refusal(
    opportunity: Opportunity,
    transition: Transition,
    access: UserAccess,
    known: dict[Guard, str | None],
) -> tuple[str, str]:
    if not access.holds_any(transition.rights, opportunity):
        return "right", refusal_of_right(transition)
    context = TransitionContext(
        opportunity,
        transition,
        access,
        at=timezone.now(),
        channel=Channel.SCREEN,
        on_behalf_of=access.stands_in_for(transition.rights, opportunity),
    )
    for guard in transition.guards:
        if guard not in known and guard not in JUDGES_INPUT:
            known[guard] = refusal_by(guard, context)
        if sentence := known.get(guard):
            return guard, sentence
    return "", ""


def _available(
    opportunity: Opportunity, transition: Transition, guard: str, refusal: str
) -> AvailableAction:
    return AvailableAction(
        transition.action,
        transition.action.label,
        status_after(opportunity, transition),
        is_allowed=not refusal,
        guard=guard,
        refusal=refusal,
        required_inputs=transition.required_inputs,
        optional_inputs=transition.optional_inputs,
    )
