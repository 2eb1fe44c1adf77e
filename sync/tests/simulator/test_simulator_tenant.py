import re
import time
from typing import Any

import pytest
import requests

from sync.tests.builders import oracle_item
from sync.tests.misbehaving_oracle.habits import VARIATIONS
from sync.tests.simulator_process import ALL, LOGIN, OracleSimulator

WON = {"StatusCode": "WON"}
THREE = [
    oracle_item(OptyId=1, OptyNumber="1"),
    oracle_item(OptyId=2, OptyNumber="2", EffectiveDate="2020-06-01"),
    oracle_item(OptyId=3, OptyNumber="3", EffectiveDate=None, **WON),
]


@pytest.fixture
def oracle(oracle_process: OracleSimulator) -> OracleSimulator:
    oracle_process.reset()
    oracle_process.serve(THREE)
    return oracle_process


def described(oracle: OracleSimulator) -> dict[str, dict[str, Any]]:
    attributes = oracle.ask("describe").json()["Resources"]["opportunities"]["attributes"]
    return {each["name"]: each for each in attributes}


def refused(oracle: OracleSimulator, **params: Any) -> str:
    response = oracle.ask(**params)
    assert response.status_code == 400
    return response.text


@pytest.mark.parametrize("params", [{}, {"q": "OptyId > 0"}, {"finder": ALL}])
def test_lists_can_show_what_is_open_only(oracle: OracleSimulator, params: dict[str, str]) -> None:
    oracle.tenant("open-only")
    assert oracle.ids(**params) == [1, 2]
    assert oracle.ask(q="OptyId = 3").json()["count"] == 0
    assert oracle.ask(totalResults="true").json()["totalResults"] == 2
    assert oracle.ask("3").json() == THREE[2]
    oracle.tenant("open-only:codes=ON_HOLD+WON")
    assert oracle.ids() == [3]


def test_an_attribute_can_be_missing(oracle: OracleSimulator) -> None:
    oracle.tenant("missing:attributes=PartyName1+WinProb")
    assert not {"PartyName1", "WinProb"} & described(oracle).keys()
    assert "PartyName1" in refused(oracle, fields="OptyId,PartyName1")
    assert "WinProb" in refused(oracle, q="WinProb > 5")
    assert not {"PartyName1", "WinProb"} & oracle.items()[0].keys()
    assert not {"PartyName1", "WinProb"} & oracle.ask("1").json().keys()
    assert oracle.items(fields="OptyId,Name")[0] == {"OptyId": 1, "Name": THREE[0]["Name"]}


def test_an_attribute_can_have_another_name(oracle: OracleSimulator) -> None:
    oracle.tenant("renamed:old=Name+LastUpdateDate,new=Title_c+Touched_c")
    assert described(oracle)["Touched_c"]["type"] == "datetime"
    assert "Name" in refused(oracle, fields="Name")
    expected = {"OptyId": 1, "Title_c": THREE[0]["Name"]}
    assert oracle.items(fields="OptyId,Title_c")[0] == expected
    assert oracle.items()[0]["Touched_c"] == THREE[0]["LastUpdateDate"]
    assert oracle.ask("1", fields="Title_c").json() == {"Title_c": THREE[0]["Name"]}
    assert oracle.ids(q="Touched_c >= '2020-01-01T00:00:00Z'")
    assert oracle.rows() == THREE


def test_the_newer_schema_has_other_dates_and_no_owner(oracle: OracleSimulator) -> None:
    oracle.tenant("new-schema")
    assert "PartyName1" not in oracle.items()[0]
    assert oracle.items()[0]["OptyLastUpdateDate"] == THREE[0]["LastUpdateDate"]
    assert "LastUpdateDate" in refused(oracle, q="LastUpdateDate >= '2020-01-01T00:00:00Z'")


def test_a_tenant_can_have_both_dates_and_the_rows_own_prevails(oracle: OracleSimulator) -> None:
    oracle.tenant("both-dates")
    assert oracle.items()[0]["OptyLastUpdateDate"] == THREE[0]["LastUpdateDate"]
    late = "2030-01-01T00:00:00+00:00"
    oracle.edit({"OptyId": 2, "OptyLastUpdateDate": late})
    assert oracle.ids(q="LastUpdateDate >= '2029-01-01T00:00:00Z'") == []
    assert oracle.ids(q="OptyLastUpdateDate >= '2029-01-01T00:00:00Z'") == [2]
    assert oracle.items(q="OptyId = 2")[0]["OptyLastUpdateDate"] == late


def test_q_can_refuse_attributes(oracle: OracleSimulator) -> None:
    oracle.tenant("unqueryable:attributes=OptyId+LastUpdateDate")
    assert "OptyId" in refused(oracle, q="OptyId > 1")
    assert "LastUpdateDate" in refused(oracle, q="LastUpdateDate > '2020-01-01T00:00:00Z'")
    assert oracle.ids(q="StatusCode = 'WON'") == [3]
    assert described(oracle)["OptyId"]["queryable"] is False
    assert described(oracle)["Name"]["queryable"] is True


def test_unknown_fields_can_be_passed_over(oracle: OracleSimulator) -> None:
    oracle.tenant("missing:attributes=WinProb", "ignores-unknown-fields")
    assert oracle.items(fields="OptyId,WinProb,Nonsense_c")[0] == {"OptyId": 1}


def test_a_400_can_name_nothing(oracle: OracleSimulator) -> None:
    oracle.tenant("nameless-400")
    assert oracle.ask(fields="Nonsense_c").json() == {"title": "Bad Request", "status": "400"}


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_describe_can_be_refused(oracle: OracleSimulator, status: int) -> None:
    oracle.tenant(f"no-describe:status={status}")
    assert oracle.ask("describe").status_code == status
    assert oracle.ask().status_code == 200


def test_a_limit_and_a_total_can_be_capped(oracle: OracleSimulator) -> None:
    oracle.tenant("limit:most=2", "total:most=2")
    page = oracle.ask(limit=500, totalResults="true").json()
    assert (page["count"], page["limit"], page["hasMore"]) == (2, 2, True)
    assert page["totalResults"] == 2
    oracle.tenant("limit", "total")
    assert oracle.ask(limit=500).json()["limit"] == 499


@pytest.mark.parametrize("status", [400, 500])
def test_a_total_can_be_refused(oracle: OracleSimulator, status: int) -> None:
    oracle.tenant(f"no-count:status={status}")
    assert oracle.ask(totalResults="true").status_code == status
    assert oracle.ask(totalResults="false").status_code == 200


def test_a_total_can_be_passed_over(oracle: OracleSimulator) -> None:
    oracle.tenant("silent-count")
    assert "totalResults" not in oracle.ask(totalResults="true").json()


@pytest.mark.parametrize("q", ["OptyId > 2", "OptyId > 3"])
def test_has_more_can_be_said_for_ever(oracle: OracleSimulator, q: str) -> None:
    oracle.tenant("has-more-forever")
    assert oracle.ask(q=q).json()["hasMore"] is True


def test_late_offsets_can_be_slow_or_refused(oracle: OracleSimulator) -> None:
    oracle.tenant("slow-offset:first=2,ms=80")
    began = time.monotonic()
    oracle.ask(offset=1)
    assert time.monotonic() - began < 0.08
    assert oracle.ids(offset=2) == [3]
    assert time.monotonic() - began > 0.08
    oracle.tenant("no-offset:first=2,status=500")
    statuses = [oracle.ask(offset=offset).status_code for offset in (1, 2)]
    assert statuses == [200, 500]


def test_the_finder_can_keep_to_this_year(oracle: OracleSimulator) -> None:
    oracle.tenant("own-period")
    oracle.clock("2020-02-01T00:00:00Z")
    assert oracle.ids() == [2]
    wide = "EffectiveBeginDate='1900-01-01',EffectiveEndDate='2999-12-31'"
    assert oracle.ids(finder=f"{ALL},{wide}") == [1, 2]


@pytest.mark.parametrize(("form", "statuses"), [("quoted", [200, 400]), ("plain", [400, 200])])
def test_the_record_set_can_have_one_form_only(
    oracle: OracleSimulator, form: str, statuses: list[int]
) -> None:
    oracle.tenant(f"record-set:form={form}")
    forms = (ALL, ALL.replace("'", ""))
    assert [oracle.ask(finder=finder).status_code for finder in forms] == statuses
    assert oracle.ask(finder=None).status_code == 200


def test_q_can_be_without_in(oracle: OracleSimulator) -> None:
    oracle.tenant("plain-q")
    assert oracle.ids(q="OptyId > 1 and OptyId < 3") == [2]
    assert oracle.items(q="Name = 'this in (that)'") == []
    assert "q" in refused(oracle, q="OptyId in (1,2)")


def test_q_and_finder_can_exclude_one_another(oracle: OracleSimulator) -> None:
    oracle.tenant("no-q-with-finder")
    statuses = [oracle.ask(q="OptyId > 1", finder=finder).status_code for finder in (ALL, None)]
    assert statuses == [400, 200]


def test_a_hidden_record_can_be_told_as_gone(oracle: OracleSimulator) -> None:
    oracle.tenant("hidden-as-404")
    oracle.hide(2)
    assert (oracle.ask("2").status_code, oracle.ask("1").status_code) == (404, 200)


def test_an_account_is_locked_after_wrong_passwords(oracle: OracleSimulator) -> None:
    oracle.tenant("locked:after=2")
    wrong = ("simulator", "wrong")
    assert oracle.ask(login=None).status_code == 401
    assert oracle.ask(login=wrong).status_code == 401
    assert oracle.ask().status_code == 200
    assert oracle.ask(login=wrong).status_code == 401
    assert oracle.ask().status_code == 401
    oracle.tenant("locked:after=2")
    assert oracle.ask().status_code == 200


def token_of(oracle: OracleSimulator, *client: str, **form: str) -> requests.Response:
    usual = {"grant_type": "client_credentials"}
    auth = client or ("simulator", "simulator")
    return requests.post(f"{oracle.url}/oauth2/v1/token", data=usual | form, auth=auth)


def status_with(oracle: OracleSimulator, token: str) -> int:
    return requests.get(
        f"{oracle.url}/crmRestApi/resources/latest/opportunities",
        headers={"Authorization": f"Bearer {token}"},
    ).status_code


def test_a_tenant_can_want_a_bearer_token(oracle: OracleSimulator) -> None:
    oracle.tenant("bearer")
    response = oracle.ask()
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    answer = token_of(oracle).json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)
    assert status_with(oracle, answer["access_token"]) == 200
    assert status_with(oracle, "another") == 401
    assert answer["access_token"] not in str(oracle.requests())


def test_a_client_can_name_itself_in_the_body(oracle: OracleSimulator) -> None:
    oracle.tenant("bearer")
    form = {"grant_type": "client_credentials", "client_id": "simulator"}
    form["client_secret"] = "simulator"
    response = requests.post(f"{oracle.url}/oauth2/v1/token", data=form)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("client", "form", "status", "error"),
    [
        (("simulator", "wrong"), {}, 401, "invalid_client"),
        ((), {"grant_type": "password"}, 400, "unsupported_grant_type"),
        ((), {"scope": "other"}, 400, "invalid_scope"),
    ],
)
def test_a_token_is_not_given_to_everybody(
    oracle: OracleSimulator, client: tuple[str, ...], form: dict[str, str], status: int, error: str
) -> None:
    oracle.tenant("bearer:scope=crm")
    response = token_of(oracle, *client, **form)
    assert (response.status_code, response.json()["error"]) == (status, error)


def test_a_token_ends(oracle: OracleSimulator) -> None:
    oracle.tenant("bearer:expires_in=0")
    assert status_with(oracle, token_of(oracle).json()["access_token"]) == 401
    oracle.tenant("bearer:uses=1")
    token = token_of(oracle).json()["access_token"]
    assert [status_with(oracle, token) for _ in range(2)] == [200, 401]


def test_a_token_can_be_agreed_on(oracle: OracleSimulator) -> None:
    oracle.tenant("bearer:token=agreed")
    assert status_with(oracle, "agreed") == 200


def test_the_catalogue_tells_the_versions(oracle: OracleSimulator) -> None:
    catalogue = oracle.ask_for("/crmRestApi/resources/").json()
    version = catalogue["items"][0]
    assert version["version"] == "11.13.18.05"
    assert version["allowedFrameworkVersions"] == [*"123456789"]


def test_a_tenant_can_have_other_versions(oracle: OracleSimulator) -> None:
    oracle.tenant("versions:offered=11.13.17.11,allowed=1+2")
    version = oracle.ask_for("/crmRestApi/resources").json()["items"][0]
    assert version["version"] == "11.13.17.11"
    assert version["allowedFrameworkVersions"] == ["1", "2"]
    assert oracle.ask(version="11.13.17.11").status_code == 200
    assert oracle.ask(version="11.13.18.05").status_code == 404


def test_the_catalogue_can_be_refused(oracle: OracleSimulator) -> None:
    oracle.tenant("versions:status=403")
    assert oracle.ask_for("/crmRestApi/resources/").status_code == 403
    assert oracle.ask().status_code == 200


@pytest.mark.parametrize(
    ("form", "date"),
    [
        ("absent", None),
        ("doubled", "Sun, 01 Nov 2026 07:00:00 GMT, Sun, 01 Nov 2026 07:00:00 GMT"),
        ("asctime", "Sun Nov  1 07:00:00 2026"),
        ("rfc850", "Sunday, 01-Nov-26 07:00:00 GMT"),
        ("nonsense", "soon"),
    ],
)
def test_the_date_header_can_be_odd(oracle: OracleSimulator, form: str, date: str | None) -> None:
    oracle.clock("2026-11-01T07:00:00Z")
    oracle.tenant(f"date-header:form={form}")
    assert oracle.ask().headers.get("Date") == date


def test_a_cookie_can_lead_to_a_dead_node(oracle: OracleSimulator) -> None:
    oracle.tenant("dead-node")
    with requests.Session() as session:
        session.auth = LOGIN
        address = f"{oracle.url}/crmRestApi/resources/latest/opportunities"
        assert [session.get(address).status_code for _ in range(3)] == [200, 503, 503]
        session.cookies.clear()
        assert session.get(address).status_code == 200


def test_an_encoded_slash_can_be_refused(oracle: OracleSimulator) -> None:
    oracle.tenant("no-slash")
    assert [oracle.ask(number).status_code for number in ("A/1", "1")] == [400, 200]


def test_habits_go_together_and_replace_those_before(oracle: OracleSimulator) -> None:
    oracle.tenant("open-only", "limit:most=1")
    assert oracle.ids(q="OptyId > 1") == [2]
    assert oracle.ask().json()["hasMore"] is True
    oracle.tenant("limit:most=1")
    assert oracle.ids(q="OptyId > 2") == [3]
    oracle.tenant()
    assert oracle.ids() == [1, 2, 3]


def test_a_reset_ends_every_habit(oracle: OracleSimulator) -> None:
    oracle.tenant(*VARIATIONS)
    oracle.reset()
    assert oracle.items() == THREE


@pytest.mark.parametrize(
    ("habit", "sentence"),
    [
        ("nonsense", "There is no variation 'nonsense'. Known are: bearer, "),
        ("limit:least=1", "Variation limit has no option 'least', but most."),
        ("plain-q:x=1", "Variation plain-q has no option 'x', but none."),
        ("limit:most=many", "Option most of variation limit needs a number, not 'many'."),
        ("date-header:form=x", "Option form of variation date-header is absent, doubled, "),
        ("record-set:form=x", "Option form of variation record-set is quoted or plain."),
        ("renamed:old=A+B,new=C", "Options old and new of variation renamed need as many names."),
    ],
)
def test_an_unknown_habit_or_option_is_refused(
    oracle: OracleSimulator, habit: str, sentence: str
) -> None:
    with pytest.raises(AssertionError, match=re.escape(sentence)):
        oracle.tenant(habit)
