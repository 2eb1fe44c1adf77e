from datetime import UTC, datetime

import pytest

from opportunities.models import Opportunity
from opportunities.tests.admin_clients import (
    administrator,
    browser_of,
    queries_of,
    solution_architect,
    staff,
    text_of,
)
from opportunities.tests.factories import OpportunityFactory, UserFactory
from sync.models import RejectedRecord
from sync.tests.builders import oracle_item
from sync.tests.factories import RejectedRecordFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/sync/rejectedrecord/"
DECIDES = ("view_rejectedrecord", "change_rejectedrecord")


def address(rejected):
    return f"{LIST}{rejected.pk}/change/"


def run(action, *records, browser=None, **fields):
    """Choose these records in the list and run an action; the page that follows."""
    chosen = [record.pk for record in records]
    data = {"action": action, "_selected_action": chosen, **fields}
    return (browser or staff(*DECIDES)).post(LIST, data, follow=True)


def state_of(rejected):
    rejected.refresh_from_db()
    return (rejected.resolved, rejected.ignored_reason, rejected.tries)


def rejected_of(item, **details):
    return RejectedRecordFactory(
        remote_id=str(item["OptyId"]), fingerprint=str(item["OptyId"]), **details
    )


# --- looking ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("details", "word"),
    [({}, "Open"), ({"ignored_reason": "a test"}, "Ignored"), ({"resolved": True}, "Resolved")],
)
def test_the_state_of_a_record_is_a_word_and_can_be_filtered_by(details, word):
    RejectedRecordFactory(ignored_reason="other", resolved=True)
    rejected = RejectedRecordFactory(**details)
    RejectedRecord.objects.exclude(pk=rejected.pk).delete()
    browser = solution_architect()
    assert f"State {word}" in text_of(browser.get(address(rejected)))
    for state in ("OPEN", "IGNORED", "RESOLVED"):
        found = browser.get(f"{LIST}?state={state}").context["cl"].result_count
        assert found == (state == word.upper())


def test_records_can_be_found_by_id_field_reason_and_day():
    found = RejectedRecordFactory(
        remote_id="77", field="Revenue", last_seen_at=datetime(2026, 9, 1, 23, 59, tzinfo=UTC)
    )
    RejectedRecordFactory(remote_id="88", field="Name", reason="is missing")
    browser = solution_architect()
    for query in ("q=77", "field=Revenue", "q=not a number", "last_seen_at_to=2026-09-01"):
        assert list(browser.get(f"{LIST}?{query}").context["cl"].result_list) == [found]


def test_what_oracle_sent_is_shown_readable_and_escaped():
    rejected = RejectedRecordFactory(payload={"Name": "<script>Über</script>"})
    page = solution_architect().get(address(rejected)).content.decode()
    assert "  &quot;Name&quot;: &quot;&lt;script&gt;Über&lt;/script&gt;&quot;" in page


def test_the_last_good_version_is_a_click_away():
    deal = OpportunityFactory(remote_id="77")
    page = solution_architect().get(address(RejectedRecordFactory(remote_id="77")))
    assert f'href="/admin/opportunities/opportunity/{deal.pk}/change/"' in page.content.decode()
    never_in = solution_architect().get(address(RejectedRecordFactory(remote_id=None)))
    assert "Not in the mirror" in text_of(never_in)


def test_nobody_adds_edits_or_deletes_a_rejected_record():
    rejected, admin = RejectedRecordFactory(), administrator()
    for forbidden in (f"{LIST}add/", f"{LIST}{rejected.pk}/delete/"):
        assert admin.post(forbidden, {"post": "yes"}).status_code == 403
    assert admin.post(address(rejected), {"reason": "none"}).status_code == 403
    run("delete_selected", rejected, browser=admin, post="yes")
    assert state_of(rejected) == (False, "", 1)


def test_more_records_cost_no_more_queries():
    browser = staff(*DECIDES)
    RejectedRecordFactory()
    few = len(queries_of(browser, LIST))
    RejectedRecordFactory.create_batch(15, ignored_reason="a test", ignored_by=UserFactory())
    assert len(queries_of(browser, LIST)) == few


@pytest.mark.parametrize("action", ["retry", "ignore", "stop_ignoring"])
def test_who_may_only_look_is_offered_no_action_and_carries_out_none(action):
    rejected = RejectedRecordFactory(ignored_reason="a test")
    onlooker = solution_architect()
    assert b'name="action"' not in onlooker.get(LIST).content
    assert b'name="action"' not in onlooker.get(address(rejected)).content
    run(action, rejected, browser=onlooker, reason="mine")
    assert state_of(rejected) == (False, "a test", 1)


# --- retrying ---------------------------------------------------------------------------------


def test_a_record_that_is_right_by_now_is_taken_in(oracle):
    item = oracle_item()
    oracle.serve([item])
    rejected = rejected_of(item)
    assert f"{item['OptyId']} was imported." in text_of(run("retry", rejected))
    assert state_of(rejected) == (True, "", 1)
    assert Opportunity.objects.get().remote_id == str(item["OptyId"])


def test_a_record_that_is_still_wrong_stays_and_says_why(oracle):
    item = oracle_item(EffectiveDate="soon")
    oracle.serve([item])
    rejected = rejected_of(item)
    assert "cannot be imported yet: EffectiveDate" in text_of(run("retry", rejected))
    assert state_of(rejected) == (False, "", 2)


def test_a_record_oracle_no_longer_shows_does_not_keep_the_others_waiting(oracle):
    item = oracle_item()
    oracle.serve([item])
    right = rejected_of(item, last_seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    page = text_of(run("retry", RejectedRecordFactory(remote_id="404"), right))
    assert "Oracle shows no opportunity 404" in page
    assert f"{item['OptyId']} was imported." in page


def test_a_record_without_an_id_waits_for_the_next_full_run():
    rejected = RejectedRecordFactory(remote_id=None, field="OptyId", reason="is missing")
    assert "without an id it waits for the next full run" in text_of(run("retry", rejected))


def test_when_oracle_is_down_one_sentence_says_so_and_no_more_are_tried(oracle):
    oracle.faults("unauthorized:on=all")
    page = run("retry", *RejectedRecordFactory.create_batch(3))
    assert len(page.context["messages"]) == 1
    assert len(oracle.requests()) == 1


def test_a_record_that_was_taken_in_meanwhile_is_not_asked_for():
    page = run("retry", RejectedRecordFactory(resolved=True))
    assert "Nothing to retry" in text_of(page)


# --- ignoring ---------------------------------------------------------------------------------


def test_ignoring_asks_for_a_reason_first():
    rejected = RejectedRecordFactory(remote_id="77", reason="is text")
    page = text_of(run("ignore", rejected))
    assert "77: is text Reason*" in page
    assert state_of(rejected) == (False, "", 1)


def test_ignoring_keeps_the_reason_and_who_gave_it():
    rejected, me = RejectedRecordFactory(), UserFactory(is_staff=True, permissions=DECIDES)
    run("ignore", rejected, browser=browser_of(me), reason=" Sales deletes it. ")
    assert state_of(rejected) == (False, "Sales deletes it.", 1)
    assert rejected.ignored_by == me


def test_a_blank_reason_is_none():
    rejected = RejectedRecordFactory()
    assert "This field is required" in text_of(run("ignore", rejected, reason="  "))
    assert state_of(rejected) == (False, "", 1)


def test_what_was_taken_in_meanwhile_is_not_ignored():
    rejected = RejectedRecordFactory(resolved=True)
    run("ignore", rejected, reason="late")
    assert state_of(rejected) == (True, "", 1)


def test_ignoring_can_be_taken_back():
    rejected = RejectedRecordFactory(ignored_reason="a test", ignored_by=UserFactory())
    assert "Records no longer ignored: 1." in text_of(run("stop_ignoring", rejected))
    assert state_of(rejected) == (False, "", 1)
    assert rejected.ignored_by is None


@pytest.mark.parametrize(
    ("details", "offered"),
    [
        ({}, {"retry", "ignore"}),
        ({"ignored_reason": "a test"}, {"retry", "stop_ignoring"}),
        ({"resolved": True}, set()),
    ],
)
def test_the_page_of_a_record_offers_what_can_be_done(details, offered):
    page = staff(*DECIDES).get(address(RejectedRecordFactory(**details))).content.decode()
    actions = ("retry", "ignore", "stop_ignoring")
    assert {each for each in actions if f'name="action" value="{each}"' in page} == offered
