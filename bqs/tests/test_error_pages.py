"""What stands in the place of a page: a sentence of ours, never Django's own or a code."""

import re

import pytest
from django.test import Client
from django.views import defaults

from opportunities.tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
OF_PROGRAMS = re.compile(
    r"\b[45]\d\d\b|CSRF|Forbidden|Bad Request|Server Error|verification|Referer"
)
LOGIN = {"login": "ada", "password": "x"}


def words_of(page) -> str:
    text = page.content.decode()
    assert '<html lang="en-GB">' in text
    words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    assert not OF_PROGRAMS.search(words)
    return words


def test_blocked_cookies_are_told_from_a_page_that_is_out_of_date():
    browser = Client(enforce_csrf_checks=True)
    assert "Your browser blocks cookies" in words_of(browser.post("/accounts/login/", LOGIN))
    browser.get("/accounts/login/")
    assert "Someone signed in or out" in words_of(browser.post("/accounts/login/", LOGIN))


def test_what_is_not_allowed_says_so():
    browser = Client()
    browser.force_login(UserFactory(is_staff=True))
    page = browser.get("/admin/auth/user/")
    assert page.status_code == 403
    assert "You cannot do this" in words_of(page)


@pytest.mark.parametrize("view", [defaults.server_error, lambda rf: defaults.bad_request(rf, None)])
def test_faults_of_ours_are_told_without_their_cause(view, rf):
    assert words_of(view(rf.get("/admin/")))


@pytest.mark.parametrize("language", ["de", "ja", "C", "en-US@posix"])
def test_every_page_and_sentence_is_english_whatever_the_browser_asks_for(language):
    admin = Client(headers={"Accept-Language": language})
    admin.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = admin.get("/admin/").content.decode()
    assert '<html lang="en-gb"' in page
    assert "Log out" in page
    answer = admin.post("/api/token", {}, content_type="application/json")
    assert answer.json()["errors"][0]["detail"] == "This field is required."
