"""Idempotency-Key: what is sent again under it is not done again, at every address that writes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import ApiToken, IdempotencyKey, SavedView
from accounts.tokens.tokens import EVERY, issue_token
from assessments.tests.factories import standard_template
from bqs.tests.api.test_api_access import PUBLIC
from bqs.tests.api_walk import endpoints
from bqs.tests.described_answers import description
from opportunities.access.roles import Role
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity, OpportunityEvent
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory, group_of
from opportunities.tests.workflow_scene import FAR_OFF, bid_manager, deal, lead, sa

pytestmark = pytest.mark.django_db
KEY, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
PROBLEM = "application/problem+json"


def send(client, method, address, body, key="one"):
    return client.generic(method.upper(), address, body, "application/json", headers={KEY: key})


def post(client, address, body, key="one"):
    return client.post(address, body, format="json", headers={KEY: key})


def comments_of(opportunity):
    return f"/api/opportunities/{opportunity.pk}/comments"


def writes():
    """But for those that log in, with nobody to keep a key for."""
    for endpoint in endpoints():
        for method in set(endpoint.methods) - {"get"}:
            if (method, endpoint.address) not in PUBLIC:
                yield method, endpoint.address


# Answers that are secrets are not kept, so they cannot be given again.
SECRETS = {"/api/tokens", "/api/me/calendar"}


def test_every_write_that_there_is_or_will_be_answers_the_same_once_more(settings):
    # Stored, and Oracle out of reach: a refresh has an answer all the same.
    OpportunityFactory(remote_id="some-key")
    settings.ORACLE_BASE_URL = ""
    client = client_of(UserFactory(is_superuser=True))
    for method, address in writes():
        key = f"{method} {address}"
        first, again, other = (
            send(client, method, address, body, key) for body in ('{"a": 1}', '{"a": 1}', "[]")
        )
        assert (first.status_code < 500, first.get(REPLAYED)) == (True, None), key
        if address in SECRETS and first.status_code < 300:
            assert (again.status_code, again.get(REPLAYED)) == (409, None), key
            continue
        assert (again.status_code, again.get(REPLAYED)) == (first.status_code, "true"), key
        assert (again.content, again.get("Content-Type")) == (
            first.content,
            first.get("Content-Type"),
        )
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused"), key
        assert other["Content-Type"] == PROBLEM


def test_a_comment_sent_twice_is_stored_once():
    opportunity, client = deal(), client_of(lead())
    first, again = (post(client, comments_of(opportunity), {"text": "Once."}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (first.get(REPLAYED), again.get(REPLAYED)) == (None, "true")
    assert OpportunityEvent.objects.count() == 1


def test_without_a_key_or_under_another_one_it_is_said_again():
    opportunity, client = deal(), client_of(lead())
    for key in ("one", "two"):
        post(client, comments_of(opportunity), {"text": "Twice."}, key)
    client.post(comments_of(opportunity), {"text": "Twice."}, format="json")
    assert OpportunityEvent.objects.count() == 3


def test_an_answer_is_given_again_where_the_lock_version_has_moved_on():
    opportunity, client = deal(), client_of(lead())
    order = {"lock_version": 0, "assignee": str(sa().pk)}
    address = f"/api/opportunities/{opportunity.pk}/actions/assign"
    assert [post(client, address, order).status_code for _ in range(2)] == [200, 200]
    assert client.post(address, order, format="json").status_code == 409
    assert OpportunityEvent.objects.count() == 1


def test_many_are_moved_once():
    held, client = [deal(WorkflowStatus.ASSIGNED) for _ in range(3)], client_of(bid_manager())
    order = {"ids": [str(each.pk) for each in reversed(held)], "reason": "Wait."}
    order["review_on"] = str(FAR_OFF)
    first, again = (post(client, "/api/opportunities/bulk/hold", order) for _ in range(2))
    assert [each["id"] for each in first.json()] == order["ids"]
    assert [each["is_done"] for each in again.json()] == [True] * 3
    assert OpportunityEvent.objects.count() == 3


def test_a_draft_is_saved_once():
    standard_template()
    who = sa()
    opportunity = deal(WorkflowStatus.ASSIGNED, assigned_sa=who)
    address = f"/api/opportunities/{opportunity.pk}/assessment-draft"
    body = '{"lock_version": 0, "answers": {"NEED": {"kind": "RATING", "rating": 4}}}'
    answers = [send(client_of(who), "patch", address, body) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[1].json() == answers[0].json()


def test_a_view_is_kept_and_removed_once():
    client = client_of(sa())
    first, again = (post(client, "/api/saved-views", {"name": "Mine"}) for _ in range(2))
    assert (first.json()["id"], again.status_code) == (again.json()["id"], 201)
    address = f"/api/saved-views/{first.json()['id']}"
    gone = [send(client, "delete", address, "", "two") for _ in range(2)]
    assert [(each.status_code, each.content) for each in gone] == [(204, b""), (204, b"")]
    assert not SavedView.objects.exists()


def test_a_token_is_made_once_and_its_text_kept_nowhere():
    client = client_of(sa())
    first, again = (post(client, "/api/tokens", {"name": "Report"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json()["code"] == "answer_not_kept"
    assert ApiToken.objects.count() == 1
    (kept,) = IdempotencyKey.objects.all()
    assert (kept.status, kept.body) == (201, "")


def test_a_key_is_one_persons():
    opportunity = deal()
    for client in (client_of(lead()), client_of(lead())):
        assert post(client, comments_of(opportunity), {"text": "Hm."}).get(REPLAYED) is None
    assert OpportunityEvent.objects.count() == 2


def test_a_key_is_the_same_for_all_tokens_of_a_person_and_in_both_spellings_of_an_address():
    opportunity, who = deal(), lead()
    for slash in ("", "/"):
        client = APIClient(headers={"Authorization": f"Token {issue_token(who, 'x', EVERY)[1]}"})
        post(client, comments_of(opportunity) + slash, {"text": "Hm."})
    assert OpportunityEvent.objects.count() == 1


@pytest.mark.parametrize("change", ["path", "query", "method", "body"])
def test_another_request_under_a_key_is_refused(change):
    opportunity, client = deal(), client_of(lead())
    address, body = comments_of(opportunity), '{"text": "Hm."}'
    send(client, "post", address, body)
    answer = {
        "path": lambda: send(client, "post", comments_of(deal()), body),
        "query": lambda: send(client, "post", f"{address}?x=1", body),
        "method": lambda: send(client, "patch", f"/api/opportunities/{opportunity.pk}", body),
        "body": lambda: send(client, "post", address, '{"text": "Hm!"}'),
    }[change]()
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert OpportunityEvent.objects.count() == 1


def test_a_key_is_good_for_a_day_and_then_gone():
    opportunity, who = deal(), lead()
    start = datetime(2026, 11, 30, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        for later in (
            timedelta(0),
            timedelta(hours=23, minutes=59),
            timedelta(hours=24, seconds=1),
        ):
            clock.move_to(start + later)
            post(client_of(who), comments_of(opportunity), {"text": "Hm."})
        assert OpportunityEvent.objects.count() == 2
        post(client_of(lead()), comments_of(opportunity), {"text": "Hm."}, "another")
        clock.move_to(start + timedelta(days=3))
        post(client_of(lead()), comments_of(opportunity), {"text": "Hm."}, "the last")
    assert [each.key for each in IdempotencyKey.objects.all()] == ["the last"]


def test_a_fault_of_ours_undoes_all_of_it_and_binds_nobody(settings):
    opportunity, client = deal(), client_of(lead())
    client.raise_request_exception = False
    address = f"/api/opportunities/{opportunity.pk}"
    notes = '{"lock_version": 0, "sa_notes": "Hm."}'
    settings.ORACLE_UI_URL = 7  # Nothing an address can be made of: a bug, met after the write.
    assert send(client, "patch", address, notes).status_code == 500
    assert Opportunity.objects.get().sa_notes == ""
    settings.ORACLE_UI_URL = ""
    answer = send(client, "patch", address, notes)
    assert (answer.status_code, answer.get(REPLAYED)) == (200, None)
    assert Opportunity.objects.get().sa_notes == "Hm."


def test_who_may_not_and_later_may_is_answered_anew():
    opportunity, who = deal(), UserFactory(roles=[Role.VIEWER])
    assert post(client_of(who), comments_of(opportunity), {"text": "Hm."}).status_code == 403
    who.groups.add(group_of(Role.BID_MANAGER))
    who = User.objects.get(pk=who.pk)
    assert post(client_of(who), comments_of(opportunity), {"text": "Hm."}).status_code == 201


@pytest.mark.parametrize("address", ["/api/token", "/api/session"])
def test_to_log_in_takes_no_key(address):
    answer = post(Client(), address, {"username": "ada", "password": "x"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, KEY)


def test_who_is_not_logged_in_is_asked_to_whatever_the_key():
    answer = post(Client(), "/api/tokens", {"name": "x"})
    assert (answer.status_code, IdempotencyKey.objects.count()) == (401, 0)


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a\tb", "schlüssel"])
def test_a_key_that_is_none_is_refused(key):
    answer = post(client_of(lead()), comments_of(deal()), {"text": "Hm."}, key)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, KEY)
    assert not OpportunityEvent.objects.exists()


def test_a_key_of_one_to_255_characters_is_taken():
    opportunity, client = deal(), client_of(lead())
    for key in ("1", '"quoted, with a comma"', "x" * 255):
        assert post(client, comments_of(opportunity), {"text": "Hm."}, key).status_code == 201


def test_a_read_pays_no_heed_to_a_key():
    answer = client_of(lead()).get("/api/opportunities", headers={KEY: "one"})
    assert (answer.status_code, IdempotencyKey.objects.count()) == (200, 0)


def test_a_browser_writes_with_a_key_by_its_session():
    who = lead(is_staff=True)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(who)
    csrf = {"X-CSRFToken": browser.get("/api/session").json()["csrf_token"], KEY: "one"}
    opportunity = deal()
    for headers, status in [({KEY: "one"}, 403), (csrf, 201), (csrf, 201)]:
        answer = browser.post(
            comments_of(opportunity), '{"text": "Hm."}', "application/json", headers=headers
        )
        assert answer.status_code == status
    form = browser.post(comments_of(opportunity), {"text": "Hm."}, headers=csrf | {KEY: "two"})
    assert form.status_code == 415
    assert OpportunityEvent.objects.count() == 1


@pytest.mark.parametrize("header", ["If-Match", "If-Unmodified-Since", "If-None-Match"])
def test_a_write_under_a_condition_is_refused_and_the_lock_version_named(header):
    answer = client_of(lead()).post(comments_of(deal()), {"text": "Hm."}, headers={header: "*"})
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert answer.json()["code"] == "precondition_not_supported"
    assert answer.json()["detail"].startswith(f"{header} is not supported")
    assert not OpportunityEvent.objects.exists()


def test_the_frontend_of_another_origin_may_send_a_key_and_see_what_came_of_it():
    asked = {
        "Origin": "http://localhost:5173",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "idempotency-key",
    }
    preflight = Client().options("/api/opportunities/1/comments", headers=asked)
    assert "idempotency-key" in preflight["Access-Control-Allow-Headers"]
    answer = Client().get("/api/session", headers={"Origin": asked["Origin"]})
    assert REPLAYED in answer["Access-Control-Expose-Headers"]


def test_each_write_but_logging_in_is_described_with_its_key():
    schema = description()
    reference = {"$ref": "#/components/parameters/IdempotencyKey"}
    assert schema["components"]["parameters"]["IdempotencyKey"]["name"] == KEY
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            is_write = method != "get" and (method, path) not in PUBLIC
            assert (reference in operation.get("parameters", [])) == is_write, (method, path)
            assert {"409", "422"} <= operation["responses"].keys() or not is_write
