"""The page below a path of a host that it shares, in a real browser: every part of it loads."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from bqs.tests.browser.test_walk import browser, pytestmark  # noqa: F401 - a fixture and a mark
from sync.tests.scratch_database import scratch_database
from sync.tests.web_server import PASSWORD, WebServer

PREFIX = "/bqs"


def test_one_signs_in_and_walks_below_the_prefix(browser):  # noqa: F811
    if not (settings.FRONTEND_DIST / "index.html").is_file():
        pytest.skip("The page is not built: npm run build.")
    named = {"URL_PREFIX": PREFIX, "SITE_URL": f"http://127.0.0.1{PREFIX}", "HTTPS_ONLY": "false"}
    with scratch_database() as database, WebServer(database, **named) as site:
        page, wrong = browser.new_page(), []
        page.on(
            "response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None
        )
        page.on(
            "request", lambda asked: wrong.append(asked.url) if site.url not in asked.url else None
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{site.url}/inbox")
        page.get_by_label("User name").fill("admin")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        for name in ("Inbox", "Dashboard"):
            page.get_by_role("link", name=name, exact=True).first.click()
            expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
            assert page.url.startswith(f"{site.url}/{name.lower()}"), page.url
            page.reload()
            expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        font = page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Inter'))")
        assert font is True
        page.get_by_role("button", name="Account: ").click()
        page.get_by_role("menuitem", name="Admin", exact=True).click()
        page.wait_for_url(f"{site.url}/admin/")
        assert wrong == []
