import pytest

from opportunities.tests.workflow_scene import use_only_our_rules


@pytest.fixture(autouse=True)
def _rules_of_this_app_alone(monkeypatch):
    use_only_our_rules(monkeypatch)
