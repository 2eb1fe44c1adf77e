import pytest

from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/me/preferences"


def test_preferences_are_kept_as_they_are_for_each_person():
    client, kept = client_of(UserFactory()), {"density": "compact", "columns": [{"id": "name"}]}
    assert client.get(URL).json() == {"preferences": {}}
    assert client.put(URL, {"preferences": kept}).json() == {"preferences": kept}
    client.put(URL, {"preferences": {**kept, "theme": "dark"}})
    assert client.get(URL).json()["preferences"]["theme"] == "dark"
    assert any_user().get(URL).json() == {"preferences": {}}


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"preferences": []},
        {"preferences": {"a": "x" * 16_000}},
        {"preferences": {"a": ["\0"]}},
        {"preferences": {}, "user": "1"},
    ],
)
def test_what_no_database_keeps_is_refused(sent):
    assert any_user().put(URL, sent, format="json").status_code == 400


@pytest.mark.parametrize("value", ["1e999", r'"\ud800"'])
def test_what_only_json_can_say_is_refused(value):
    body = f'{{"preferences": {{"a": {value}}}}}'
    assert any_user().put(URL, body, content_type="application/json").status_code == 400
