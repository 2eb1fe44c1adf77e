"""The form of every answer: ids of requests, ETags, compression, limits, headers."""

import gzip
import logging

import pytest
from django.core.management import call_command
from django.test import Client

from opportunities.models import OpportunityEvent
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory
from opportunities.tests.workflow_scene import deal, lead, sa

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "/api/opportunities"


def test_each_answer_has_an_id_of_its_own():
    first, second = (any_user().get(URL).headers["X-Request-ID"] for _ in range(2))
    assert first != second
    assert len(first) == 32


def test_the_id_of_a_request_is_in_its_answer_its_log_lines_and_its_events(caplog):
    opportunity = deal()
    address = f"{URL}/{opportunity.pk}/actions/assign"
    body = {"lock_version": 0, "assignee": str(sa().pk)}
    client = client_of(lead())
    assert client.post(address, body, headers={"X-Request-ID": "a.b-1"}).status_code == 200
    assert OpportunityEvent.objects.get().request_id == "a.b-1"
    with caplog.at_level(logging.WARNING, "django.request"):
        answer = client.post(address, body, headers={"X-Request-ID": "a.b-2"})
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (409, "a.b-2")
    for handler in logging.getLogger().handlers:
        for each in handler.filters:
            each.filter(caplog.records[-1])
    assert caplog.records[-1].request_id == "a.b-2"


@pytest.mark.parametrize("sent", ["a\tb", "x" * 65, "a b", "<script>"])
def test_an_id_that_could_break_a_log_line_is_replaced(sent):
    assert any_user().get(URL, headers={"X-Request-ID": sent}).headers["X-Request-ID"] != sent


def test_a_list_that_has_not_changed_is_not_sent_again():
    opportunity, client = OpportunityFactory(), any_user()
    etag = client.get(URL).headers["ETag"]
    same = client.get(URL, headers={"If-None-Match": etag})
    assert (same.status_code, same.content) == (304, b"")
    opportunity.name = "Another"
    opportunity.save()
    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 200


def test_an_etag_of_a_compressed_answer_is_as_good():
    OpportunityFactory.create_batch(5)
    client = any_user()
    packed = client.get(URL, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).startswith(b'{"count":5')
    headers = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
    assert client.get(URL, headers=headers).status_code == 304


def test_an_answer_belongs_to_one_person():
    assert any_user().get(URL).headers["Cache-Control"] == "private, no-cache"


def test_a_body_that_is_too_long_is_refused_before_it_is_read():
    address = f"{URL}/{deal().pk}/comments"
    answer = client_of(lead()).post(address, {"text": "x" * 1_000_001})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert answer.headers["X-Request-ID"]


def test_a_text_that_is_too_long_for_its_field_is_refused_by_name():
    answer = client_of(lead()).post(f"{URL}/{deal().pk}/comments", {"text": "x" * 10_001})
    (error,) = answer.json()["errors"]
    assert (error["field"], error["code"]) == ("text", "max_length")


def test_a_body_of_another_form_than_json_is_refused():
    answer = client_of(lead()).post(
        f"{URL}/{deal().pk}/comments", {"text": "x"}, format="multipart"
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_a_page_has_a_stated_maximum():
    answer = any_user().get(URL, {"page_size": 501})
    assert "from 1 to 500" in answer.json()["errors"][0]["detail"]


# --- the content security policy ---------------------------------------------------------------


def policy(address, client=None):
    header = (client or Client()).get(address).headers["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in header.split("; ")}


def test_a_page_runs_nothing_but_this_sites_own_scripts():
    strict = policy(URL)
    assert strict["default-src"] == ["'self'"]
    assert strict["frame-ancestors"] == ["'none'"]
    assert "script-src" not in strict


@pytest.mark.parametrize("address", ["/admin/login/", "/api/docs"])
def test_admin_and_docs_may_run_inline_scripts_and_load_from_nowhere_else(address):
    scripts = policy(address, any_user())["script-src"]
    assert {*scripts} == {"'self'", "'unsafe-inline'"}


def test_the_production_settings_pass_djangos_own_checks(settings):
    settings.HTTPS_ONLY = settings.SECURE_SSL_REDIRECT = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECRET_KEY = "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdefg"
    call_command("check", "--deploy", "--fail-level", "WARNING")
