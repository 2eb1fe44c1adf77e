import pytest

from opportunities.models import Profile
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
URL = "/api/me"


def test_people_switch_their_own_notices_off_and_on():
    me = UserFactory(email="me@example.com", crm_owner_name="Ana Silva")
    other = UserFactory(email="other@example.com")
    client = client_of(me)
    assert client.get(URL).json()["wants_notices"]
    for is_wanted in (False, True):
        told = client.patch(URL, {"wants_notices": is_wanted}, format="json").json()
        assert (told["wants_notices"], told["crm_owner_name"]) == (is_wanted, "Ana Silva")
        me.refresh_from_db()
        assert me.profile.wants_notices is is_wanted
        assert client_of(other).get(URL).json()["wants_notices"]


def test_nothing_else_of_oneself_can_be_written_there():
    me = UserFactory(crm_owner_name="Ana Silva")
    sent = {"wants_notices": True, "crm_owner_name": "Eva Novak"}
    assert client_of(me).patch(URL, sent, format="json").status_code == 400
    assert Profile.objects.get(user=me).crm_owner_name == "Ana Silva"


def test_nobody_who_is_not_signed_in_has_notices(client):
    assert client.patch(URL, {}, content_type="application/json").status_code == 401
