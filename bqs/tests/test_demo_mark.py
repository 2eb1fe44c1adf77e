import pytest

from bqs.middleware.demo_mark import SENTENCE
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MIDDLEWARE = "bqs.middleware.demo_mark.DemoMarkMiddleware"
PAGES = ["/accounts/login/", "/accounts/password/change/", "/admin/", "/api/docs", "/nowhere"]


@pytest.fixture
def browser(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_a_demo_says_that_it_is_one(browser, settings, address):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, MIDDLEWARE]
    if address == "/accounts/login/":
        browser.logout()
    page = browser.get(address, headers={"Accept": "text/html"})
    assert page.content.decode().count(SENTENCE) == 1


def test_what_is_no_page_is_left_as_it_is(browser, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, MIDDLEWARE]
    assert SENTENCE not in browser.get("/api/me").content.decode()


@pytest.mark.parametrize("address", PAGES[1:])
def test_other_sites_have_no_such_mark(browser, address):
    assert SENTENCE not in browser.get(address).content.decode()
