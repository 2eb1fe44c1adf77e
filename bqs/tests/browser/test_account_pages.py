"""The pages of one's account in a real browser, with a passkey that Chromium makes up."""

from pathlib import Path

from playwright.sync_api import Page, expect

from bqs.tests.browser.test_walk import browser, pytestmark  # noqa: F401 - a fixture and a mark
from sync.tests.scratch_database import scratch_database
from sync.tests.web_server import PASSWORD, WebServer

PHONE = {"width": 360, "height": 740}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_somebody_adds_a_passkey_and_signs_in_with_it_on_a_phone(browser, request):  # noqa: F811
    # Browsers know no passkeys of addresses in figures, nor servers without DEBUG of plain http.
    with scratch_database() as database, WebServer(database, DEBUG="true") as site:
        url = site.url.replace("127.0.0.1", "localhost")
        page = browser.new_page(viewport=PHONE, base_url=url)
        pictures, complaints = request.config.getoption("--pictures"), []
        page.on("console", lambda message: complaints.append((message.type, message.text)))
        wire = page.context.new_cdp_session(page)
        wire.send("WebAuthn.enable")
        wire.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

        page.goto("/accounts/login/?next=/accounts/2fa/webauthn/add/")
        fits(page, pictures, "sign-in")
        sign_in(page)
        page.get_by_label("Password").fill(PASSWORD)
        fits(page, pictures, "confirm")
        page.keyboard.press("Enter")
        page.wait_for_url("**/webauthn/add/")
        fits(page, pictures, "add")
        page.get_by_role("button", name="Add").click()
        page.wait_for_url("**/recovery-codes/**")
        for address in ("recovery-codes/", "webauthn/", "totp/activate/", ""):
            page.goto(f"/accounts/2fa/{address}")
            fits(page, pictures, address.replace("/", "-") or "second-factor")
        for address in ("password/change/", "sessions/"):
            page.goto(f"/accounts/{address}")
            fits(page, pictures, address.replace("/", "-"))
        page.get_by_role("link", name="Sign out").click()
        page.get_by_role("button", name="Sign out").click()

        page.goto("/accounts/login/?next=/accounts/sessions/")
        sign_in(page)
        fits(page, pictures, "authenticate")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
        assert [text for kind, text in complaints if kind in ("error", "warning")] == []


def sign_in(page: Page) -> None:
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def fits(page: Page, pictures: str | None, name: str) -> None:
    """Nothing is wider than the phone."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    if pictures:
        page.screenshot(path=Path(pictures) / f"{name}.png", full_page=True)
