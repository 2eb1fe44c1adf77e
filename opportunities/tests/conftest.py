"""The rules of this app alone: what other apps add to the table has tests of its own there."""

import pytest

from opportunities import effects, guards, rules
from opportunities.workflow import Guard


@pytest.fixture(autouse=True)
def _rules_of_this_app_alone(monkeypatch):
    use_only_our_rules(monkeypatch)


def use_only_our_rules(monkeypatch):
    """Guards that another app has to answer agree."""
    monkeypatch.setattr(rules, "guards", type(rules.guards)(list))
    monkeypatch.setattr(rules, "effects", type(rules.effects)(list))
    guards.register()
    effects.register()
    for guard in Guard:
        if not rules.guards[guard]:
            rules.register_guard(guard, lambda attempt: None)
