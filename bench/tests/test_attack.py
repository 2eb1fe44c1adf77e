"""The attacks as they stand in the table: each is one that the API answers, or refuses in words."""

import pytest

from bench.attack.callers import ATTACKS
from opportunities.access.roles import Role
from opportunities.tests.api_clients import any_user

pytestmark = pytest.mark.django_db


def test_each_attack_is_answered_or_refused_in_words():
    client = any_user(roles=[Role.VIEWER])
    answers = {name: client.get(address) for name, address in ATTACKS.items()}
    refused = {name for name, answer in answers.items() if answer.status_code != 200}
    assert refused == {"dashboard of ten groups of ten words"}
    (name,) = refused
    assert "100 words. Use at most 10 in total" in answers[name].json()["errors"][0]["detail"]
    for answer in answers.values():
        assert answer.getvalue()
