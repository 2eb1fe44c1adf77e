from urllib.parse import quote

import pytest

from opportunities.access.roles import Role
from opportunities.models import Opportunity
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory
from sync.models import RejectedRecord
from sync.tests.builders import oracle_item

pytestmark = pytest.mark.django_db
OPTY_ID = 300_000_000_000_001


def address_of(key):
    return f"/api/oracle-opportunity/{quote(str(key), safe='')}"


def get(key, **parameters):
    return any_user(roles=[Role.VIEWER]).get(address_of(key), parameters)


def refresh(key):
    """As an administrator, to whom settings are named; test_for_operators_only has the others."""
    return any_user(roles=[Role.ADMINISTRATOR]).post(address_of(key))


@pytest.mark.parametrize("key", [str(OPTY_ID), "OPTY-1"])
def test_a_stored_record_is_found_by_either_name_without_asking_oracle(key):
    OpportunityFactory(remote_id=str(OPTY_ID), opty_number="OPTY-1", name="stored")
    answer = get(key).json()
    assert (answer["name"], answer["latest_changes"]) == ("stored", [])
    assert (answer["refreshed"], answer["stale"], answer["stale_reason"]) == (False, False, None)


@pytest.mark.parametrize("number", ["2026/04/Ä 7", "50% off", "a?b#c&d", "A+B", "trailing/"])
def test_a_number_may_hold_what_oracle_allows(number):
    OpportunityFactory(opty_number=number)
    address = f"/api/oracle-opportunity/{quote(number, safe='')}"
    ending = "/" if number.endswith("/") else ""
    assert any_user().get(address + ending).json()["opty_number"] == number
    assert any_user().get(address + "/").json()["opty_number"] == number


@pytest.mark.parametrize("key", ["nobody", "9" * 30, "a\0b", "x" * 61])
def test_a_key_the_mirror_does_not_have_is_not_found(key):
    answer = get(key)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_key_the_mirror_does_not_have_comes_with_advice():
    assert "POST" in get("nobody").json()["detail"]


def test_to_whom_it_is_hidden_a_record_is_as_one_that_is_not_there(oracle, settings):
    settings.RESTRICT_VISIBILITY = True
    oracle.serve([oracle_item(OptyId=OPTY_ID, OptyNumber="OPTY-1", Name="new")])
    hidden = OpportunityFactory(remote_id=str(OPTY_ID), practice="Rail", name="stored")
    OpportunityFactory(remote_id="7", opty_number=str(OPTY_ID), practice="Cloud", name="in sight")
    someone = any_user(roles=[Role.SA], practices=["Cloud"])
    told = [someone.post(address_of(key)) for key in ("OPTY-1", "NOBODY")]
    assert [(each.status_code, each.json()["detail"]) for each in told] == [
        (404, "The mirror has no opportunity OPTY-1."),
        (404, "The mirror has no opportunity NOBODY."),
    ]
    assert someone.post(address_of(OPTY_ID)).json()["name"] == "in sight"
    hidden.refresh_from_db()
    assert hidden.name == "stored"


@pytest.mark.parametrize("by", ["OptyId", "OptyNumber"])
def test_a_refresh_brings_the_record_and_says_what_changed(oracle, by):
    item = oracle_item(OptyId=OPTY_ID, OptyNumber="N/1")
    oracle.serve([item])
    refresh(OPTY_ID)
    oracle.edit({**item, "Revenue": 99, "LastUpdateDate": "2026-11-20T10:00:00+00:00"})
    answer = refresh(item[by]).json()
    assert answer["changed_fields"] == ["deal_value"]
    assert (answer["deal_value"], answer["refreshed"], answer["stale"]) == ("99.00", True, False)
    assert [change["new"] for change in answer["latest_changes"]] == ["99.00"]


def test_a_refresh_of_what_has_not_changed_says_so(oracle):
    oracle.serve([oracle_item(OptyId=OPTY_ID)])
    refresh(OPTY_ID)
    answer = refresh(OPTY_ID).json()
    assert (answer["refreshed"], answer["changed_fields"]) == (True, [])


def test_a_refresh_takes_in_what_the_mirror_did_not_have(oracle):
    oracle.serve([oracle_item(OptyId=OPTY_ID, Name="brand new")])
    answer = refresh(OPTY_ID)
    assert (answer.status_code, answer.json()["name"]) == (200, "brand new")
    assert "name" in answer.json()["changed_fields"]
    assert Opportunity.objects.get().name == "brand new"


@pytest.mark.parametrize(
    ("fault", "words"), [("error-503:times=0,on=all", "503"), ("unauthorized", "ORACLE_USERNAME")]
)
def test_while_oracle_fails_the_stored_record_comes_back_marked_stale(oracle, fault, words):
    OpportunityFactory(remote_id=str(OPTY_ID), name="stored")
    oracle.faults(fault)
    answer = refresh(OPTY_ID)
    assert (answer.status_code, answer.json()["name"]) == (200, "stored")
    assert (answer.json()["refreshed"], answer.json()["stale"]) == (False, True)
    assert words in answer.json()["stale_reason"]
    assert answer.json()["stale_reason"].endswith(".")


def test_while_nobody_answers_at_oracles_address_the_stored_record_is_stale(settings):
    settings.ORACLE_BASE_URL = "http://127.0.0.1:9"
    OpportunityFactory(remote_id=str(OPTY_ID), name="stored")
    answer = refresh(OPTY_ID).json()
    assert (answer["name"], answer["stale"]) == ("stored", True)


def test_a_stored_record_that_oracle_no_longer_shows_is_stale(oracle):
    OpportunityFactory(remote_id=str(OPTY_ID), name="stored")
    answer = refresh(OPTY_ID).json()
    assert (answer["name"], answer["stale"]) == ("stored", True)
    assert str(OPTY_ID) in answer["stale_reason"]


def test_a_record_that_nobody_has_is_not_found(oracle):
    answer = refresh("nobody")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "Neither" in answer.json()["detail"]


def test_without_a_stored_record_oracle_out_of_reach_is_a_503_with_a_sentence(settings):
    settings.ORACLE_BASE_URL = "http://127.0.0.1:9"
    answer = refresh("nobody")
    assert (answer.status_code, answer.json()["code"]) == (503, "oracle_out_of_reach")
    assert answer.json()["detail"].endswith(".")


def test_without_a_stored_record_a_wrong_setting_is_a_503_that_names_it(settings):
    settings.ORACLE_BASE_URL = ""
    answer = refresh("nobody")
    assert (answer.status_code, "ORACLE_BASE_URL" in answer.json()["detail"]) == (503, True)


def test_a_record_that_cannot_be_taken_in_is_quarantined_and_a_502(oracle):
    oracle.serve([oracle_item(OptyId=OPTY_ID, Revenue="much")])
    answer = refresh(OPTY_ID)
    assert (answer.status_code, answer.json()["code"]) == (502, "record_not_usable")
    assert "Revenue" in answer.json()["detail"]
    assert RejectedRecord.objects.get().remote_id == str(OPTY_ID)


def test_of_a_record_that_cannot_be_taken_in_the_stored_one_comes_back_stale(oracle):
    OpportunityFactory(remote_id=str(OPTY_ID), name="stored")
    oracle.serve([oracle_item(OptyId=OPTY_ID, Revenue="much")])
    answer = refresh(OPTY_ID)
    assert (answer.status_code, answer.json()["name"]) == (200, "stored")
    assert (answer.json()["stale"], "Revenue" in answer.json()["stale_reason"]) == (True, True)


def test_an_oracle_error_tells_nobody_the_password(oracle, settings):
    settings.ORACLE_PASSWORD = "s3cret-of-oracle"
    answer = refresh("nobody")
    assert answer.status_code == 503
    assert "s3cret" not in answer.content.decode()
