"""Judge a transition by the rules registered for its guards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from opportunities import extensions
from opportunities.domain.states import Action, Guard, Transition

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from opportunities.access.roles import UserAccess
    from opportunities.models import Channel, Opportunity


@dataclass(frozen=True)
class TransitionContext:
    """Tell guards and effects who tries which transition on which locked row."""

    opportunity: Opportunity
    transition: Transition
    access: UserAccess
    at: datetime
    channel: Channel
    reason: str = ""
    reason_code: str = ""
    on_behalf_of: User | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    """The other inputs: `assignee` is a User, `review_on` a date; the rest as it came."""
    request_id: str = ""

    @property
    def by(self) -> User:
        return self.access.user

    @property
    def action(self) -> Action:
        return self.transition.action


Changes = Mapping[str, tuple[Any, Any]]
"""field -> (old, new), for the event."""


def refusal_by(guard: Guard, context: TransitionContext) -> str | None:
    """Return the sentence of a rule that refuses.

    A guard without a rule refuses: nothing passes unchecked.
    """
    rules = extensions.guards.all(guard)
    if not rules:
        return f"BQS cannot check whether {guard.label}."
    return next((sentence for rule in rules if (sentence := rule(context))), None)


def objection(context: TransitionContext) -> tuple[Guard, str] | None:
    """Return the first guard of the transition that refuses, with its sentence."""
    for guard in context.transition.guards:
        if sentence := refusal_by(guard, context):
            return guard, sentence
    return None
