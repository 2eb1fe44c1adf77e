"""The site below a path of a host that it shares: no address leads out of it."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from requests import Response, Session

from bqs.tests.every_page import pages, paths_of_api
from sync.tests.scratch_database import scratch_database
from sync.tests.web_server import PASSWORD, WebServer

pytestmark = pytest.mark.any_database

PREFIX = "/bqs"
ADDRESS = re.compile(r'(?:href|src|action)="([^"#]+)')
# A token is what these give, or take away.
OF_PEOPLE = ("/accounts/login/", "/accounts/password/reset/", "/accounts/2fa/", "/accounts/tokens/")
ENDS_THE_SESSION = "/admin/logout/"


@pytest.fixture(scope="module")
def site() -> Iterator[WebServer]:
    with (
        scratch_database() as database,
        WebServer(
            database,
            URL_PREFIX=PREFIX,
            SITE_URL=f"http://127.0.0.1{PREFIX}",
            HTTPS_ONLY="false",
        ) as server,
    ):
        yield server


@pytest.fixture(scope="module")
def browser(site: WebServer) -> Iterator[Session]:
    """Someone who signed in at the form and so has the cookies of the site."""
    with Session() as session:
        session.trust_env = False
        page = session.get(f"{site.url}/accounts/login/?next={PREFIX}/admin/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        form = {"login": "admin", "password": PASSWORD, "csrfmiddlewaretoken": token and token[1]}
        answer = session.post(page.url, form | {"next": f"{PREFIX}/admin/"})
        assert urlsplit(answer.url).path == f"{PREFIX}/admin/", answer.text
        yield session


def test_a_sign_in_leads_to_where_it_was_asked_for_and_its_cookies_stay_there(browser: Session):
    assert {cookie.path for cookie in browser.cookies} == {f"{PREFIX}/"}


def test_every_page_answers_and_no_address_on_it_leads_out(site: WebServer, browser: Session):
    wrong, linked = [], set()
    for path in [*pages(), *OF_PEOPLE, "/nowhere"]:
        if path == ENDS_THE_SESSION or "<" in path:
            continue
        answer = browser.get(site.url + path)
        found = set(addresses_in(answer))
        linked |= {each for each in found if "/static/" in each}
        wrong += [(path, answer.status_code)] if is_wrong(answer, path) else []
        wrong += [(path, each) for each in found if not each.startswith(f"{PREFIX}/")]
    assert wrong == []
    assert len(linked) > 10
    assert {browser.get(urljoin(site.url, each)).status_code for each in linked} == {200}


def is_wrong(answer: Response, path: str) -> bool:
    if not urlsplit(answer.url).path.startswith(f"{PREFIX}/"):
        return True
    return answer.status_code != 200 and path != "/nowhere" and answer.status_code != 403


def addresses_in(answer: Response) -> Iterator[str]:
    if "html" not in answer.headers["Content-Type"]:
        return
    for found in ADDRESS.findall(answer.text):
        address = urljoin(answer.url, unescape(found))
        if address.startswith("http://127.0.0.1"):
            yield urlsplit(address).path


# Who signs in may read the address of their calendar, a program may not.
NOT_FOR_TOKENS = {"/api/me/calendar"}


def test_the_api_answers_and_its_pages_lead_on_below_the_prefix(site: WebServer):
    for path in paths_of_api():
        if "{" not in path and path not in NOT_FOR_TOKENS:
            assert site.get(path).ok, path
    following = site.get("/api/users?page_size=1").json()
    assert following["next"] is None or PREFIX in following["next"]
    schema = site.get("/api/schema").text
    assert f"- url: {PREFIX}/\n" in schema
    assert "\n  /api/opportunities:" in schema


def test_a_proxy_may_take_the_prefix_away_itself(site: WebServer):
    root = site.url.removesuffix(PREFIX)
    page = site._session.get(f"{root}/admin/", allow_redirects=False, headers={"Authorization": ""})
    assert page.headers["Location"].startswith(f"{PREFIX}/")
    assert site._session.get(f"{root}{PREFIX}").ok
