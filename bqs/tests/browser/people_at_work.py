"""People of different roles, each in a browser of their own, on the site as it runs."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from sync.tests.scratch_database import ScratchDatabase

MAKE_PEOPLE = """
import json
from bqs.demonstration.people import make_people
print(json.dumps(make_people()))
"""
# A busy machine is slow, and a page that never comes fails all the same.
PATIENCE_MS = 60_000
DARKEN = "isDark => document.documentElement.classList.toggle('dark', isDark)"
SIZES = {"wide": 1440, "middle": 1024, "narrow": 400}


expect.set_options(timeout=PATIENCE_MS)


def passwords_of_new_people(database: ScratchDatabase) -> dict[str, str]:
    printed = database.manage("shell", "-v", "0", "-c", MAKE_PEOPLE).stdout
    passwords: dict[str, str] = json.loads(printed)
    return passwords


class Person:
    """Somebody signed in; every error of the browser is kept, for the test to look at."""

    def __init__(self, browser: Browser, site: str, username: str, password: str) -> None:
        self.site, self.username = site, username
        self.complaints: list[str] = []
        self.page: Page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)
        self.open("/accounts/login/?next=/admin/")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/admin/")

    def _note(self, message: object) -> None:
        if message.type in ("error", "warning"):  # type: ignore[attr-defined]
            self.complaints.append(message.text)  # type: ignore[attr-defined]

    def open(self, path: str) -> None:
        self.page.goto(self.site + path)

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def fill(self, label: str, text: str, place: int = 0) -> None:
        self.page.get_by_label(label).nth(place).fill(text)

    def choose(self, label: str, *, containing: str, place: int = 0) -> None:
        field = self.page.get_by_label(label).nth(place)
        option = field.locator("option", has_text=containing).first
        field.select_option(option.get_attribute("value"))

    def sees(self, text: str) -> None:
        expect(self.page.locator("#main, body").first).to_contain_text(text)

    def photograph(self, folder: Path | None, name: str) -> None:
        """Of the whole page, in each width and both themes."""
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        for scheme in ("light", "dark"):
            # Not by the system's preference, which the theme reads only when a page loads.
            self.page.evaluate(DARKEN, scheme == "dark")
            for size, width in SIZES.items():
                self.page.set_viewport_size({"width": width, "height": 900})
                self.page.wait_for_timeout(150)
                self.page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=True)
        self.page.evaluate(DARKEN, False)
        self.page.set_viewport_size({"width": SIZES["wide"], "height": 900})
