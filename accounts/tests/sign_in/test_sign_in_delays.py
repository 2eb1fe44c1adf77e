"""The one rule against guessing, through each door that takes a password."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, connections
from django.utils import timezone

from accounts.models import SignInTries
from accounts.sign_in.delays import BROWSER_COOKIE
from accounts.tests.doors import DOORS, browser, by_api, by_page, by_token, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as found:
        yield found


def wait_of(answer):
    return int(answer.headers["Retry-After"]) if answer.status_code == 429 else 0


def guess(count, name="grace", address=None, door=by_api):
    """Return how long the last one of so many guesses, each of a new browser, had to wait."""
    return [wait_of(door(browser(address), name, "guess")) for _ in range(count)][-1]


@pytest.mark.parametrize("door", DOORS)
def test_each_failure_of_a_name_waits_twice_as_long_up_to_a_minute(clock, door):
    waits = []
    for _ in range(20):
        waits.append(guess(1, door=door))
        clock.shift(timedelta(seconds=waits[-1]))
    assert waits == [0, 0, 0, 0, 1, 0, 2, 0, 4, 0, 8, 0, 16, 0, 32, 0, 60, 0, 60, 0]


@pytest.mark.parametrize("door", DOORS)
def test_the_rule_is_one_for_all_doors_and_says_when_to_try_again(clock, door):
    person(username="grace")
    for door_of_guess in [*DOORS, by_api]:
        guess(1, door=door_of_guess)
    answer = door(browser(), "grace")
    assert wait_of(answer) == 1
    assert "Too many failed sign-ins. Try again in 1 second." in answer.content.decode()


def test_one_address_waits_up_to_a_quarter_of_an_hour_whatever_names_it_tries(clock):
    waits = []
    for number in range(35):
        waits.append(guess(1, f"name {number}", "10.0.0.9"))
        clock.shift(timedelta(seconds=waits[-1]))
    assert [wait for wait in waits if wait] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
    assert guess(1, "another", "10.0.0.8") == 0


def test_unknown_names_are_answered_as_known_ones(clock, settings, monkeypatch):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    person(username="grace")
    hashed = []
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *of: hashed.append(of) or "x$1$y$z")
    answers = []
    for name in ("grace", "nobody"):
        for _ in range(7):
            answer = by_api(browser(), name, "guess")
            answers.append((answer.status_code, answer.json()["detail"], len(hashed)))
            hashed.clear()
    assert answers[:7] == answers[7:]


def test_strangers_do_not_keep_a_person_from_where_they_signed_in_before(clock):
    person(username="grace")
    known = browser("10.0.0.7")
    by_page(known, "grace")
    assert guess(30) > 0
    assert by_token(browser("10.0.0.7"), "grace").status_code == 200
    # Nor do colleagues behind the same address, where the browser is known.
    assert guess(30, address="10.0.0.7") > 0
    elsewhere = browser()
    elsewhere.cookies[BROWSER_COOKIE] = known.cookies[BROWSER_COOKIE].value
    assert by_page(elsewhere, "grace").status_code == 302


def test_a_browser_that_was_stolen_is_slowed_by_itself(clock):
    person(username="grace")
    known = browser()
    assert by_page(known, "grace").status_code == 302
    for _ in range(5):
        assert by_api(known, "grace", "guess").status_code == 400
    assert by_api(known, "grace", "guess").status_code == 400
    assert wait_of(by_api(known, "grace")) == 1


def test_signing_in_between_does_not_free_an_address_for_more_guesses(clock):
    person(username="mallory")
    for number in range(11):
        by_token(browser("10.0.0.9"), "mallory")
        guess(1, f"name {number}", "10.0.0.9")
    assert guess(1, "grace", "10.0.0.9") > 0


def test_a_claimed_address_is_the_one_that_it_comes_from(clock):
    for number in range(11):
        headers = {"X-Forwarded-For": f"10.9.0.{number}"}
        login = {"username": f"name {number}", "password": "guess"}
        answer = browser("10.0.0.9").post("/api/token", login, "application/json", headers=headers)
    assert wait_of(by_api(browser("10.0.0.9"), "grace")) == 1
    assert answer.status_code == 400


def test_behind_a_proxy_that_is_not_named_only_names_are_slowed(clock, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(40):
        assert guess(1, f"name {number}", "10.0.0.9") == 0
    assert guess(5, "grace", "10.0.0.9") > 0


def test_failures_are_forgotten_after_a_day_and_rows_swept_out(clock):
    person(username="mei")
    assert guess(12) > 0
    clock.shift(timedelta(days=1, minutes=1))
    assert guess(1) == 0
    assert SignInTries.objects.get(key__startswith="name:").failures == 1
    clock.shift(timedelta(days=2))
    by_token(browser(), "mei")
    assert not SignInTries.objects.filter(key__startswith="name:").exists()


def test_what_is_typed_as_a_name_is_not_stored():
    by_api(browser(), "my secret password", "x")
    assert "secret" not in str(list(SignInTries.objects.values()))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other")
@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_get_through():
    def one(_):
        try:
            return by_api(browser(), "grace", "guess").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as crowd:
        codes = list(crowd.map(one, range(16)))
    assert codes.count(400) == 4
