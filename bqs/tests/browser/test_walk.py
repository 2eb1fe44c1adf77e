"""The whole process, from the CRM to the decision and back, by the people who do it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bqs.tests.browser import steps
from bqs.tests.browser.people_at_work import Person, passwords_of_new_people
from sync.tests.builders import oracle_item
from sync.tests.scratch_database import scratch_database
from sync.tests.simulator_process import OracleSimulator
from sync.tests.web_server import WebServer
from sync.tests.worker_process import worker_on

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
NAME = "Landing zone – Northwind Rail"
DEAL = {
    "OptyId": 300_000_000_000_777,
    "Name": NAME,
    "TargetPartyName": "Northwind Rail",
    "Practice_c": "Cloud",
    "Revenue": 400_000,
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Ended with the test: Playwright's loop would keep Django from the database in others."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


def test_from_the_crm_to_the_decision_and_back(
    oracle: OracleSimulator, browser: Browser, request: pytest.FixtureRequest
) -> None:
    given = request.config.getoption("--pictures")
    pictures = Path(given) if given else None
    oracle.serve([oracle_item(**DEAL)])
    with scratch_database() as database:
        passwords = passwords_of_new_people(database)
        with (
            worker_on(database, ORACLE_BASE_URL=oracle.url),
            WebServer(database, ORACLE_BASE_URL=oracle.url) as site,
        ):
            sa, lead, manager = (
                Person(browser, site.url, name, passwords[name])
                for name in ("demo-sa", "demo-lead", "demo-bid-manager")
            )
            steps.sync_now(manager, brings=NAME)
            manager.photograph(pictures, "list")
            steps.assign(lead, NAME, to="Sam Okafor")
            _score(sa, pictures)
            _decide(lead, sa, pictures)
            _let_the_crm_move(manager, oracle, pictures)
            steps.read_docs_and_record(lead, NAME)
            for person in (sa, lead, manager):
                person.open("/admin/")
                person.photograph(pictures, f"overview-{person.username}")
                assert person.complaints == [], person.username


def _score(sa: Person, pictures: Path | None) -> None:
    steps.rate_half(sa, NAME, pictures)
    steps.submit_too_early(sa)
    sa.photograph(pictures, "submitted-too-early")
    steps.rate_all_and_submit(sa, "Conditional")
    sa.photograph(pictures, "submitted")


def _decide(lead: Person, sa: Person, pictures: Path | None) -> None:
    steps.send_back(lead, NAME, "Who is the incumbent?")
    steps.submit_again(sa, NAME, having_read="Who is the incumbent?")
    steps.approve_with_condition(lead, NAME, "A delivery lead is named.", owner="Sam Okafor")
    lead.photograph(pictures, "conditional")
    steps.meet_condition(lead, NAME)
    lead.photograph(pictures, "approved")


def _let_the_crm_move(manager: Person, oracle: OracleSimulator, pictures: Path | None) -> None:
    _change(oracle, Revenue=600_000)
    steps.refresh(manager, NAME)
    manager.sees("Needs re-qualification")
    manager.photograph(pictures, "re-qualification")
    _change(oracle, StatusCode="WON")
    steps.refresh(manager, NAME)
    manager.sees("Closed in CRM")
    manager.photograph(pictures, "closed")
    _change(oracle, StatusCode="OPEN")
    steps.refresh(manager, NAME)
    manager.sees("Reopened")
    manager.sees("Bid")
    manager.photograph(pictures, "reopened")


def _change(oracle: OracleSimulator, **attributes: object) -> None:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    oracle.edit({"OptyId": DEAL["OptyId"], "LastUpdateDate": now, **attributes})
