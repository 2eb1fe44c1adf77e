"""The codes an action's reason is chosen from; the app that knows them says which."""

from collections.abc import Sequence

from opportunities.workflow import Action

Choices = Sequence[tuple[str, str]]

_choices: dict[Action, Choices] = {}


def register_reason_codes(action: Action, choices: Choices) -> None:
    _choices[action] = choices


def reason_codes_of(action: Action) -> Choices:
    """Code and word each; empty where nobody has said which there are."""
    return _choices.get(action, ())
