from urllib.parse import quote

import pytest

from opportunities.models import Opportunity
from opportunities.roles import Role
from opportunities.tests.api_clients import somebody
from opportunities.tests.factories import OpportunityFactory
from sync.models import RejectedRecord
from sync.tests.builders import oracle_item

pytestmark = pytest.mark.django_db
OPTY_ID = 300_000_000_000_001


def get(key, **parameters):
    """As an administrator, to whom settings are named; test_for_operators_only has the others."""
    who = somebody(roles=[Role.ADMINISTRATOR])
    return who.get(f"/api/oracle-opportunity/{quote(str(key), safe='')}", parameters)


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
    assert somebody().get(address + ending).json()["opty_number"] == number
    assert somebody().get(address + "/").json()["opty_number"] == number


@pytest.mark.parametrize("key", ["nobody", "9" * 30, "a\0b", "x" * 61])
def test_a_key_the_mirror_does_not_have_is_not_found(key):
    answer = get(key)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_key_the_mirror_does_not_have_comes_with_advice():
    assert "?refresh=true" in get("nobody").json()["detail"]


@pytest.mark.parametrize("word", ["maybe", "1", "TRUE", ""])
def test_refresh_is_true_or_false_and_nothing_else(word):
    OpportunityFactory(opty_number="OPTY-1")
    answer = get("OPTY-1", refresh=word)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"field": "refresh", "code": "invalid", "detail": "Write true or false."}
    ]


@pytest.mark.parametrize("by", ["OptyId", "OptyNumber"])
def test_a_refresh_brings_the_record_and_says_what_changed(oracle, by):
    item = oracle_item(OptyId=OPTY_ID, OptyNumber="N/1")
    oracle.serve([item])
    get(OPTY_ID, refresh="true")
    oracle.edit({**item, "Revenue": 99, "LastUpdateDate": "2026-11-20T10:00:00+00:00"})
    answer = get(item[by], refresh="true").json()
    assert answer["changed_fields"] == ["deal_value"]
    assert (answer["deal_value"], answer["refreshed"], answer["stale"]) == ("99.00", True, False)
    assert [change["new"] for change in answer["latest_changes"]] == ["99.00"]


def test_a_refresh_of_what_has_not_changed_says_so(oracle):
    oracle.serve([oracle_item(OptyId=OPTY_ID)])
    get(OPTY_ID, refresh="true")
    answer = get(OPTY_ID, refresh="true").json()
    assert (answer["refreshed"], answer["changed_fields"]) == (True, [])


def test_a_refresh_takes_in_what_the_mirror_did_not_have(oracle):
    oracle.serve([oracle_item(OptyId=OPTY_ID, Name="brand new")])
    answer = get(OPTY_ID, refresh="true")
    assert (answer.status_code, answer.json()["name"]) == (200, "brand new")
    assert "name" in answer.json()["changed_fields"]
    assert Opportunity.objects.get().name == "brand new"


@pytest.mark.parametrize(
    ("fault", "words"), [("error-503:times=0,on=all", "503"), ("unauthorized", "ORACLE_USERNAME")]
)
def test_while_oracle_fails_the_stored_record_comes_back_marked_stale(oracle, fault, words):
    OpportunityFactory(remote_id=str(OPTY_ID), name="stored")
    oracle.faults(fault)
    answer = get(OPTY_ID, refresh="true")
    assert (answer.status_code, answer.json()["name"]) == (200, "stored")
    assert (answer.json()["refreshed"], answer.json()["stale"]) == (False, True)
    assert words in answer.json()["stale_reason"]
    assert answer.json()["stale_reason"].endswith(".")


def test_while_nobody_answers_at_oracles_address_the_stored_record_is_stale(settings):
    settings.ORACLE_BASE_URL = "http://127.0.0.1:9"
    OpportunityFactory(remote_id=str(OPTY_ID), name="stored")
    answer = get(OPTY_ID, refresh="true").json()
    assert (answer["name"], answer["stale"]) == ("stored", True)


def test_a_stored_record_that_oracle_no_longer_shows_is_stale(oracle):
    OpportunityFactory(remote_id=str(OPTY_ID), name="stored")
    answer = get(OPTY_ID, refresh="true").json()
    assert (answer["name"], answer["stale"]) == ("stored", True)
    assert str(OPTY_ID) in answer["stale_reason"]


def test_a_record_that_nobody_has_is_not_found(oracle):
    answer = get("nobody", refresh="true")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "Neither" in answer.json()["detail"]


def test_without_a_stored_record_oracle_out_of_reach_is_a_503_with_a_sentence(settings):
    settings.ORACLE_BASE_URL = "http://127.0.0.1:9"
    answer = get("nobody", refresh="true")
    assert (answer.status_code, answer.json()["code"]) == (503, "oracle_out_of_reach")
    assert answer.json()["detail"].endswith(".")


def test_without_a_stored_record_a_wrong_setting_is_a_503_that_names_it(settings):
    settings.ORACLE_BASE_URL = ""
    answer = get("nobody", refresh="true")
    assert (answer.status_code, "ORACLE_BASE_URL" in answer.json()["detail"]) == (503, True)


def test_a_record_that_cannot_be_taken_in_is_quarantined_and_a_502(oracle):
    oracle.serve([oracle_item(OptyId=OPTY_ID, Revenue="much")])
    answer = get(OPTY_ID, refresh="true")
    assert (answer.status_code, answer.json()["code"]) == (502, "record_not_usable")
    assert "Revenue" in answer.json()["detail"]
    assert RejectedRecord.objects.get().remote_id == str(OPTY_ID)


def test_of_a_record_that_cannot_be_taken_in_the_stored_one_comes_back_stale(oracle):
    OpportunityFactory(remote_id=str(OPTY_ID), name="stored")
    oracle.serve([oracle_item(OptyId=OPTY_ID, Revenue="much")])
    answer = get(OPTY_ID, refresh="true")
    assert (answer.status_code, answer.json()["name"]) == (200, "stored")
    assert (answer.json()["stale"], "Revenue" in answer.json()["stale_reason"]) == (True, True)


def test_an_oracle_error_tells_nobody_the_password(oracle, settings):
    settings.ORACLE_PASSWORD = "s3cret-of-oracle"
    answer = get("nobody", refresh="true")
    assert answer.status_code == 503
    assert "s3cret" not in answer.content.decode()
