"""Ids of a real mirror have four digits and more; links and forms carry them as they are."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from assessments.tests.factories import IN_2099, SCREEN, draft_template, in_review
from opportunities.access.roles import Role
from opportunities.domain.states import Action
from opportunities.models import Opportunity, PracticeMembership
from opportunities.tests.admin_clients import browser_of, text_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.html_pages import Page
from opportunities.tests.workflow_scene import sa
from opportunities.workflow.transitions import apply_transition
from sync.models import Reconciliation
from sync.tests.factories import OpportunityChangeFactory, RejectedRecordFactory, SyncLogFactory
from sync.tests.migrated_template import FIRST_ID

pytestmark = pytest.mark.django_db
DEALS, REJECTED = "/admin/opportunities/opportunity/", "/admin/sync/rejectedrecord/"
LEFT_OUT = re.compile(r"/export/|/logout/|/jsi18n/")


@pytest.fixture
def person():
    roles = [Role.BID_MANAGER, Role.SA]
    return UserFactory(is_staff=True, is_superuser=True, roles=roles)


def everything(person):
    """A row of all that the admin shows; the addresses of the opportunities among them."""
    conditions = [{"text": "Margin confirmed", "owner": person, "due_on": IN_2099}]
    decided = in_review()
    apply_transition(
        decided,
        Action.APPROVE_WITH_CONDITIONS,
        by=person,
        params={"conditions": conditions},
        **SCREEN,
    )
    apply_transition(in_review(remote_id="77"), Action.RETURN, by=person, reason="News", **SCREEN)
    OpportunityChangeFactory(opportunity=in_review())
    RejectedRecordFactory(remote_id="77")
    SyncLogFactory(user=person)
    Reconciliation.objects.create(is_equal=True, figures=[], differing={})
    draft_template()
    return [f"{DEALS}{deal.pk}/change/" for deal in Opportunity.objects.all()]


def kind_of(address):
    """The same for pages that differ in their ids and filters alone."""
    return re.sub(r"\d+", "N", urlsplit(address).path)


def pages_from(browser, *waiting):
    """These pages, and one of each kind that can be reached from them by links."""
    known = set()
    waiting = list(waiting)
    while waiting:
        address = waiting.pop()
        response = browser.get(address, follow=True)
        yield address, response
        for link in Page(response).links if _is_html(response) else ():
            target = urldefrag(urljoin(address, link)).url
            is_new = target.startswith("/admin/") and kind_of(target) not in known
            if is_new and not LEFT_OUT.search(target):
                known.add(kind_of(target))
                waiting.append(target)


def _is_html(response):
    return response.get("Content-Type", "").startswith("text/html")


def test_new_rows_have_ids_of_four_digits(person):
    made = (person, OpportunityFactory(), RejectedRecordFactory(), SyncLogFactory())
    assert min(row.pk for row in made) >= FIRST_ID


def test_every_page_of_the_admin_leads_on_and_writes_numbers_for_programs_as_they_are(person):
    pages, wrong = 0, []
    for address, response in pages_from(browser_of(person), "/admin/", *everything(person)):
        pages += 1
        if response.status_code != 200:
            wrong.append(f"{address}: {response.status_code}")
        elif _is_html(response):
            wrong += [f"{address}: {each}" for each in Page(response).grouped_numbers()]
    assert wrong == []
    assert pages > 40


def sent_on(browser, page, **form_data):
    """Fill in what the page asks for, and send its form as a browser would."""
    form = max(Page(page).forms, key=lambda form: len(form.sent))
    return browser.post(page.request["PATH_INFO"], {**form.sent, **form_data}, follow=True)


@pytest.mark.parametrize("action", ["assign", "hold", "quick_no_bid"])
def test_what_is_ticked_and_confirmed_is_done(action, person):
    browser, deals = browser_of(person), OpportunityFactory.create_batch(2, deal_value=100_000)
    form_data = {
        "assignee": sa().pk,
        "reason": "Because.",
        "reason_code": "OTHER",
        "review_on": "2099-01-01",
    }
    chosen = {"action": action, "_selected_action": [deal.pk for deal in deals]}
    asked = browser.post(DEALS, chosen)
    assert "2 done, 0 skipped" in text_of(sent_on(browser, asked, **form_data))


def test_rejected_records_are_ignored_after_a_reason_is_given(person):
    browser, records = browser_of(person), RejectedRecordFactory.create_batch(2)
    chosen = {"action": "ignore", "_selected_action": [record.pk for record in records]}
    page = sent_on(browser, browser.post(REJECTED, chosen), reason="A test record.")
    assert "2" in text_of(page)
    assert {record.ignored_reason for record in type(records[0]).objects.all()} == {
        "A test record."
    }


def test_the_page_of_a_rejected_record_retries_just_this_one(person, oracle):
    rejected = RejectedRecordFactory(remote_id="404")
    page = browser_of(person).get(f"{REJECTED}{rejected.pk}/change/")
    form = next(form for form in Page(page).forms if "_selected_action" in form.sent)
    assert form.sent["_selected_action"] == [str(rejected.pk)]
    answer = browser_of(person).post(form.action, {**form.sent, "action": "retry"}, follow=True)
    assert "Oracle shows no opportunity 404" in text_of(answer)


def test_counts_are_still_written_for_people(person):
    log = SyncLogFactory(total_fetched=1_250_000, new_records=1_250_000, requests=2_500)
    page = text_of(browser_of(person).get(f"/admin/sync/synclog/{log.pk}/change/"))
    assert "Fetched 1,250,000" in page
    assert "Requests 2,500" in page
    assert "1,250,000" in text_of(browser_of(person).get("/admin/sync/synclog/"))


def test_rows_of_a_list_are_counted_for_people(person):
    PracticeMembership.objects.bulk_create(
        PracticeMembership(user=person, practice=f"Practice {n}") for n in range(1_001)
    )
    page = text_of(browser_of(person).get("/admin/opportunities/practicemembership/"))
    assert "1,001 practice memberships" in page
    assert "Select all 1,001 practice memberships" in page
