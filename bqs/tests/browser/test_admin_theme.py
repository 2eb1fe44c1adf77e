"""The theme's own parts, which run by expressions in attributes, under our policy for content."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from bqs.tests.browser.people_at_work import Person, passwords_of_new_people
from bqs.tests.browser.test_walk import browser, pytestmark  # noqa: F401 - a fixture and the marks
from sync.tests.scratch_database import scratch_database
from sync.tests.web_server import WebServer

LIST = "/admin/opportunities/opportunity/"


@pytest.fixture
def administrator(browser) -> Iterator[Person]:  # noqa: F811
    with scratch_database() as database:
        passwords = passwords_of_new_people(database)
        with WebServer(database) as site:
            yield Person(browser, site.url, "demo-admin", passwords["demo-admin"])


def test_menus_filters_actions_and_dark_mode_work_without_running_text(
    administrator: Person,
) -> None:
    page = administrator.page
    header = page.goto(administrator.site + "/admin/").header_value("content-security-policy")
    assert "unsafe-eval" not in header
    _hide_sidebar(administrator)
    _turn_dark(administrator)
    _open_filters(administrator)
    _choose_action(administrator)
    administrator.open("/admin/auth/user/")
    page.get_by_role("link", name="demo-sa", exact=True).click()
    page.wait_for_url("**/change/**")
    here = page.url.removeprefix(administrator.site)
    expect(page.locator("form#user_form")).to_have_attribute("action", here)
    assert administrator.complaints == []


def _hide_sidebar(person: Person) -> None:
    sidebar = person.page.get_by_role("link", name=re.compile("Unassigned$"))
    for is_shown in (False, True):
        person.press("Menu")
        expect(sidebar).to_be_visible(visible=is_shown)
        person.page.reload()
        expect(sidebar).to_be_visible(visible=is_shown)


def _turn_dark(person: Person) -> None:
    page = person.page
    for word, is_dark in (("dark", True), ("light", False)):
        page.locator("[x-on\\:click='openUserLinks = !openUserLinks']").click()
        page.locator(f"[x-on\\:click=\"switchTheme('{word}')\"]").click()
        page.reload()
        expect(page.locator("html")).to_have_class(re.compile("dark" if is_dark else "^(?!.*dark)"))


def _open_filters(person: Person) -> None:
    person.open(LIST)
    sheet = person.page.locator("#changelist-filter")
    expect(sheet).to_be_hidden()
    person.page.locator("[x-on\\:click='filterOpen = true']").first.click()
    expect(sheet).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def _choose_action(person: Person) -> None:
    person.open("/admin/auth/user/")
    person.page.locator("input.action-select").first.check()
    run = person.page.locator("[x-show='action']").first
    expect(run).to_be_hidden()
    person.page.locator("select[name=action]").select_option(index=1)
    expect(run).to_be_visible()
