from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from opportunities.access.roles import Role
from opportunities.tests.factories import UserFactory
from opportunities.tests.html_pages import Page

SA_PERMISSIONS = ("view_opportunity", "change_opportunity", "view_synclog", "view_rejectedrecord")


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def staff(*permissions: str, **details) -> Client:
    return browser_of(UserFactory(is_staff=True, permissions=permissions, reads=False, **details))


def solution_architect(**details) -> Client:
    return staff(*SA_PERMISSIONS, **details)


def bid_manager(**details) -> Client:
    return solution_architect(roles=[Role.BID_MANAGER], **details)


def administrator() -> Client:
    return browser_of(UserFactory(is_staff=True, is_superuser=True))


def text_of(response) -> str:
    """What a person reads of a page."""
    assert response.status_code == 200, response
    return " ".join(strip_tags(response.content.decode()).split())


def typed_in(browser: Client, address: str) -> dict[str, list[str]]:
    """What the form of a page would send if nothing were changed in it."""
    return Page(browser.get(address)).main_form()


def queries_of(browser: Client, address: str) -> list[str]:
    # The first page of a process asks for more: content types are remembered.
    _read(browser, address)
    with CaptureQueriesContext(connection) as queries:
        _read(browser, address)
    return [query["sql"] for query in queries.captured_queries]


def _read(browser: Client, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200
    # A file to its end, or it is taken for one that is still being written.
    assert answer.getvalue()
