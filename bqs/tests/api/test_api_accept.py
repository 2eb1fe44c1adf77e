"""What a caller takes (Accept): at every address an answer of that type, or a problem."""

import pytest
from django.test import Client

from bqs.tests.api_walk import METHODS, endpoints
from opportunities.tests.api_clients import any_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.shared_out]
PROBLEM = "application/problem+json"
CSV = "/api/opportunities/export.csv"
XLSX = "/api/opportunities/export.xlsx"
OPENXML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FROM_ORACLE = "/api/oracle-opportunity/"
NOTHING_OF_OURS = [
    "image/png",
    "garbage",
    ";;=",
    "text/nothing;q=x",
    "*/*;q=0",
    "*/*; Q=0.000",
    "text/csv;q=0, application/pdf",
    "application/xml, text/plain;q=0.5",
    "\xff\xfe/\x7f",
]


def walk(client, accept, methods):
    for address, _ in endpoints():
        for method in methods:
            yield address, method, client.generic(method.upper(), address, HTTP_ACCEPT=accept)


def anybody(is_signed_in):
    return any_user() if is_signed_in else Client()


@pytest.mark.parametrize("is_signed_in", [False, True])
@pytest.mark.parametrize("accept", NOTHING_OF_OURS)
def test_who_takes_nothing_that_is_served_is_told_so_everywhere(accept, is_signed_in):
    for address, method, answer in walk(anybody(is_signed_in), accept, ["get", "post"]):
        assert (answer.status_code, answer["Content-Type"]) == (406, PROBLEM), (method, address)
        assert "accept that, or */*" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "is_signed_in"),
    [("", False), (PROBLEM, False), ("text/html", False), (PROBLEM, True), ("text/html", True)],
)
def test_whatever_a_caller_takes_no_address_breaks_and_each_error_is_a_problem(
    accept, is_signed_in
):
    methods = [*METHODS, "options", "head", "trace"]
    for address, method, answer in walk(anybody(is_signed_in), accept, methods):
        # No Oracle is set to refresh from.
        most = 503 if address.startswith(FROM_ORACLE) else 499
        assert answer.status_code <= most, (method, address)
        assert answer.status_code != 406 or accept == "text/html", (method, address)
        assert answer.status_code < 400 or answer["Content-Type"] == PROBLEM, (method, address)
        answer.getvalue()


@pytest.mark.parametrize(
    ("address", "own"), [(CSV, "text/csv"), (XLSX, OPENXML), ("/api/me", "application/json")]
)
def test_an_answer_is_of_the_type_that_its_address_has(address, own):
    client = any_user()
    group = f"{own.partition('/')[0]}/*"
    wanted = [own, f"{own};q=0.3", group, f"image/png, {group};q=0.1", "*/*", "", " "]
    for accept in (*wanted, PROBLEM, f"image/png;q=0.9,{PROBLEM};q=0.1"):
        answer = client.get(address, HTTP_ACCEPT=accept)
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, own), accept
        answer.getvalue()
    for accept in ("text/html", f"{own};q=0, */*", f"{own.upper()};q=0,*/*"):
        assert client.get(address, HTTP_ACCEPT=accept).status_code == 406


def test_a_file_that_is_refused_is_refused_in_json_whoever_asks_for_csv():
    answer = any_user().get(f"{CSV}?colour=red", HTTP_ACCEPT="text/csv")
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert answer.json()["errors"][0]["field"] == "colour"


def test_a_program_that_asks_for_csv_without_a_login_is_asked_to_log_in():
    answer = Client().get(CSV, HTTP_ACCEPT="text/csv")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_the_problem_names_what_there_is():
    answer = any_user().get(XLSX, HTTP_ACCEPT="text/csv")
    assert OPENXML in answer.json()["detail"]
    assert (answer.json()["title"], answer.json()["code"]) == ("Not Acceptable", "not_acceptable")
