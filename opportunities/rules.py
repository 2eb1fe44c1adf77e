"""What a transition asks and does, by name; other apps add their own when they are ready."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from opportunities.workflow import Action, Guard, Transition

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from opportunities.models import Channel, Opportunity
    from opportunities.roles import Standing


@dataclass(frozen=True)
class Attempt:
    """Somebody tries a transition on a locked row."""

    opportunity: Opportunity
    transition: Transition
    standing: Standing
    at: datetime
    channel: Channel
    reason: str = ""
    reason_code: str = ""
    on_behalf_of: User | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    """What else was said: `assignee` is a User, `review_on` a date; the rest as it came."""
    request_id: str = ""

    @property
    def by(self) -> User:
        return self.standing.user

    @property
    def action(self) -> Action:
        return self.transition.action


Changes = Mapping[str, tuple[Any, Any]]
"""field -> (old, new), for the event."""
GuardRule = Callable[[Attempt], str | None]
"""Returns the sentence that refuses, or None."""
Effect = Callable[[Attempt], Changes | None]
"""Changes rows, the locked opportunity among them (which is saved later); tells what moved."""


class RegisteredGuard(NamedTuple):
    rule: GuardRule
    needs_input: bool
    """It judges what the person says, so it cannot be asked before they have."""


guards: defaultdict[Guard, list[RegisteredGuard]] = defaultdict(list)
effects: defaultdict[Action, list[Effect]] = defaultdict(list)


def register_guard(name: str, rule: GuardRule, *, needs_input: bool = False) -> None:
    """Add a rule under a name of the workflow's table; all rules of a name must agree.

    Raises: ValueError where the table has no such name.
    """
    guards[Guard(name)].append(RegisteredGuard(rule, needs_input))


def register_effect(action: Action, effect: Effect) -> None:
    """Let this happen with the action, after the effects of this app."""
    effects[action].append(effect)


def objection(attempt: Attempt, *, with_input: bool = True) -> tuple[Guard, str] | None:
    """The first guard of the transition that refuses, with its sentence.

    A guard that no app has a rule for refuses: nothing passes unchecked.
    """
    for guard in attempt.transition.guards:
        rules = guards[guard]
        if not rules:
            return guard, f"Nothing here can tell whether {guard.label}."
        for each in rules:
            sentence = each.rule(attempt) if with_input or not each.needs_input else None
            if sentence:
                return guard, sentence
    return None
