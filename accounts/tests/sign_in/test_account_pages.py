"""Sign-in, passwords and sessions on the pages below /accounts/."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests.doors import DOORS, PASSWORD, browser, by_page, person
from accounts.tokens.tokens import issue_token
from opportunities.tests.admin_clients import text_of

pytestmark = pytest.mark.django_db
NEW = "a staple for the battery"
SESSIONS = "/accounts/sessions/"


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as found:
        yield found


def signed_in(user, **details):
    client = browser(**details)
    assert by_page(client, user.username).status_code == 302
    return client


def is_in(client):
    return client.get("/api/me").status_code == 200


# --- sign-in ------------


@pytest.mark.parametrize(
    ("asked_for", "led_to"),
    [("/inbox", "/inbox"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/")],
)
def test_a_sign_in_leads_on_within_this_site_only(settings, asked_for, led_to):
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    assert by_page(browser(), person().username, next_page=asked_for).url == led_to


def test_the_admin_has_no_sign_in_of_its_own():
    answer = browser().get("/admin/login/?next=/admin/auth/user/")
    assert answer.url == "/accounts/login/?next=%2Fadmin%2Fauth%2Fuser%2F"
    login = {"username": person(is_staff=True).username, "password": PASSWORD}
    client = browser()
    client.post("/admin/login/", login)
    assert not is_in(client)


@pytest.mark.parametrize("address", ["signup/", "email/", "login/code/", "password/set/"])
def test_nobody_signs_up_or_changes_their_address(address):
    assert signed_in(person()).get(f"/accounts/{address}").status_code == 404


@pytest.mark.parametrize("door", DOORS[:2])
def test_every_door_tells_of_sign_ins_and_failures(door):
    user, heard = person(), []
    for signal in (user_logged_in, user_login_failed):
        signal.connect(lambda signal, **_: heard.append(signal), weak=False, dispatch_uid="t")
    door(browser(), user.username, "guess")
    door(browser(), user.username)
    for signal in (user_logged_in, user_login_failed):
        signal.disconnect(dispatch_uid="t")
    assert heard == [user_login_failed, user_logged_in]


# --- sessions ------------


def test_a_session_ends_when_it_is_idle_and_lives_while_it_is_used(clock, settings):
    client = signed_in(person())
    for _ in range(3):
        clock.shift(timedelta(minutes=479))
        settings.SESSION_MAX_HOURS = 1000
        assert is_in(client)
    clock.shift(timedelta(minutes=481))
    assert not is_in(client)


def test_a_session_ends_in_any_case_after_a_working_day(clock):
    client = signed_in(person(is_staff=True))
    for _ in range(11):
        clock.shift(timedelta(hours=1))
        assert is_in(client)
    clock.shift(timedelta(hours=1))
    assert not is_in(client)
    assert client.get("/admin/").status_code == 302
    assert by_page(client, User.objects.get().username).status_code == 302
    clock.shift(timedelta(hours=7))
    assert is_in(client)


def test_a_use_is_noted_once_a_minute(clock):
    client = signed_in(person())
    is_in(client)
    writes = []
    for seconds in (10, 40, 20):
        clock.shift(timedelta(seconds=seconds))
        with CaptureQueriesContext(connection) as queries:
            is_in(client)
        sqls = [query["sql"] for query in queries]
        writes.append(any(sql.startswith(("UPDATE", "INSERT")) for sql in sqls))
    assert writes == [False, False, True]
    assert UserSession.objects.get().last_seen_at == timezone.now()


def test_sessions_are_listed_and_ended_one_by_one(clock):
    user = person()
    here, there = signed_in(user, address="10.0.0.1"), signed_in(user, address="10.0.0.2")
    stranger = signed_in(person(), address="10.0.0.3")
    assert is_in(there)
    assert is_in(stranger)
    page = text_of(here.get(SESSIONS))
    assert "10.0.0.1" in page
    assert "10.0.0.2" in page
    assert "10.0.0.3" not in page
    for session in UserSession.objects.exclude(ip="10.0.0.1"):
        here.post(SESSIONS, {"session": session.pk})
    assert [is_in(client) for client in (here, there, stranger)] == [True, False, True]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0",
         "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
         "Safari on iPhone"),
        ("curl/8.5.0", "curl/8.5.0"),
    ],
)  # fmt: skip
def test_a_session_names_its_browser_as_people_do(sent, shown):
    client = browser()
    client.defaults["HTTP_USER_AGENT"] = sent
    by_page(client, person().username)
    assert shown in text_of(client.get(SESSIONS))


def test_who_comes_to_sign_in_can_type_at_once():
    assert "autofocus" in browser().get("/accounts/login/").content.decode()


def test_signing_out_everywhere_ends_every_session_and_token():
    user = person()
    here, there = signed_in(user), signed_in(user)
    issue_token(user, "Report")
    here.post(SESSIONS)
    assert [is_in(here), is_in(there), user.api_tokens.count()] == [False, False, 0]


def test_who_is_deactivated_is_out_at_once():
    user = person()
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)
    assert client.get(SESSIONS).status_code == 302


def test_who_left_and_comes_back_signs_in_anew():
    user = person()
    client = signed_in(user)
    for is_active in (False, True):
        user.is_active = is_active
        user.save()
    assert not is_in(client)


def test_the_admin_leads_to_the_pages_of_ones_account():
    page = signed_in(person(is_staff=True)).get("/admin/").content.decode()
    for place in ("/accounts/password/change/", SESSIONS, "/accounts/2fa/"):
        assert f'href="{place}"' in page


# --- passwords ------------


def test_a_new_password_ends_all_other_sessions():
    user = person()
    here, there = signed_in(user), signed_in(user)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    here.post("/accounts/password/change/", form)
    assert [is_in(here), is_in(there)] == [True, False]
    assert by_page(browser(), user.username, NEW).status_code == 302


@pytest.mark.parametrize("password", ["short enough", "password1234", "123456789012"])
def test_a_weak_password_is_refused(password):
    user = person()
    weak = password[:11]
    form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    signed_in(user).post("/accounts/password/change/", form)
    assert User.objects.get().check_password(PASSWORD)


def test_a_forgotten_password_is_replaced_by_a_mail_that_works_once(mailoutbox, settings):
    settings.SITE_URL = "https://bqs.example"
    user = person(email="grace@bqs.example")
    there, client = signed_in(user), browser()
    client.post("/accounts/password/reset/", {"email": "GRACE@bqs.example"})
    link = re.search(r"https://bqs.example(/\S+)", mailoutbox[0].body)[1]
    assert user.username in mailoutbox[0].body
    form = client.get(link).url
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert not is_in(there)
    assert not is_in(client)
    assert by_page(browser(), user.username, NEW).status_code == 302
    assert "This link no longer works" in text_of(browser().get(link))


def test_the_link_of_a_mail_works_for_an_hour(mailoutbox, clock):
    person(email="grace@bqs.example")
    browser().post("/accounts/password/reset/", {"email": "grace@bqs.example"})
    link = re.search(r"http://[^/]+(/\S+)", mailoutbox[0].body)[1]
    clock.shift(timedelta(minutes=61))
    assert "This link no longer works" in text_of(browser().get(link))


def test_an_address_that_nobody_has_is_answered_alike_and_gets_no_mail(mailoutbox):
    person(email="grace@bqs.example")
    person(email="left@bqs.example", is_active=False)
    answers = [
        browser().post("/accounts/password/reset/", {"email": f"{name}@bqs.example"}).url
        for name in ("grace", "nobody", "left")
    ]
    assert len(set(answers)) == 1
    assert [mail.to for mail in mailoutbox] == [["grace@bqs.example"]]
