"""What a reviewer asks about a criterion is answered and settled, or it is not approved."""

import pytest

from assessments.decisions.conditions import conditions_of
from assessments.drafts.review_threads import threads_of
from assessments.models import Frozen, ReviewThread
from assessments.tests.factories import (
    IN_2099,
    SCREEN,
    architect,
    bid_manager,
    in_review,
    lead,
    rated,
    save,
)
from opportunities.domain.states import Action
from opportunities.models import Opportunity
from opportunities.tests.api_clients import client_of
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db
ASKED = {"FIT": "Which parts are proven?", "RISK": "Who owns it?"}
QUERIES = 8
NO_BID = {"reason_code": "LOW_RETURN", "reason": "Not for this margin"}


def returned(comments=ASKED, deal=None):
    """Sent back with these comments."""
    return apply_transition(
        deal or in_review(),
        Action.RETURN,
        by=lead(),
        reason="See the comments",
        params={"review_comments": comments},
        **SCREEN,
    )


def resubmitted(comments=ASKED):
    """In review again, each comment addressed."""
    deal = returned(comments)
    for code in comments:
        assert answer(deal, code, deal.assigned_sa, state="ADDRESSED").status_code == 200
    return apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)


def address(deal):
    return f"/api/opportunities/{deal.pk}/review-threads"


def answer(deal, code, by, **sent):
    thread = ReviewThread.objects.filter(assessment__opportunity=deal, criterion__code=code).last()
    return client_of(by).post(f"{address(deal)}/{thread.pk}", sent, format="json")


def decide(deal, action="approve", by=None, **body):
    version = Opportunity.objects.get(pk=deal.pk).lock_version
    return client_of(by or lead()).post(
        f"/api/opportunities/{deal.pk}/actions/{action}",
        {"lock_version": version, "reason_code": "COMMITMENT", "reason": "We promised", **body},
        format="json",
    )


def listed(deal, by):
    return client_of(by).get(address(deal)).json()


def test_a_return_opens_a_thread_for_each_comment_and_the_timeline_names_them():
    deal = returned({**ASKED, "CAP": "  "})
    threads = listed(deal, deal.assigned_sa)
    assert [(each["code"], each["text"], each["version_no"]) for each in threads] == [
        ("FIT", "Which parts are proven?", 1),
        ("RISK", "Who owns it?", 1),
    ]
    assert {each["state"] for each in threads} == {"OPEN"}
    assert deal.events.first().changes["review_comments"] == ["", "FIT, RISK"]


def test_the_sa_replies_and_marks_it_as_addressed_and_the_decider_settles_it():
    deal = returned()
    sa, decider = deal.assigned_sa, bid_manager()
    assert answer(deal, "FIT", sa, text="All but one.").status_code == 200
    assert [each["may_set"] for each in listed(deal, sa)] == [["ADDRESSED"], ["ADDRESSED"]]
    answer(deal, "FIT", sa, state="ADDRESSED", text="That one, too.")
    assert answer(deal, "FIT", decider, state="SETTLED").status_code == 200
    thread = listed(deal, decider)[0]
    assert [each["text"] for each in thread["replies"]] == ["All but one.", "That one, too."]
    assert (thread["state"], thread["settled_by"]["id"]) == ("SETTLED", str(decider.pk))
    assert thread["may_set"] == ["OPEN"]
    assert listed(deal, sa)[0]["may_set"] == []
    told = [(each.reason, each.changes) for each in deal.events.filter(action="REVIEW")]
    assert told == [
        ("FIT: Which parts are proven?", {"review_comment": ["Addressed", "Settled"]}),
        ("FIT: That one, too.", {"review_comment": ["Open", "Addressed"]}),
        ("FIT: All but one.", {}),
    ]


def test_a_settled_one_is_reopened():
    deal, decider = returned(), bid_manager()
    answer(deal, "FIT", decider, state="SETTLED")
    assert answer(deal, "FIT", deal.assigned_sa, state="ADDRESSED").status_code == 409
    assert (
        answer(deal, "FIT", decider, state="SETTLED").json()["detail"] == "It is already settled."
    )
    answer(deal, "FIT", decider, state="OPEN", text="Not yet.")
    thread = threads_of(deal)[0]
    assert (thread.state, thread.settled_by, thread.settled_at) == ("OPEN", None, None)


def test_what_was_answered_by_a_change_is_addressed_with_the_submission():
    deal = returned({"FIT": "Which?"})
    save(deal, answers={"FIT": rated(4)})
    apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    assert [each.state for each in threads_of(deal)] == ["ADDRESSED"]


def test_unsettled_comments_refuse_an_approval_and_name_their_criteria():
    deal = resubmitted()
    refused = decide(deal).json()
    assert refused["guard"] == "review_settled"
    assert refused["detail"] == "Settle each review comment first. Still open: FIT, RISK."
    answer(deal, "FIT", bid_manager(), state="SETTLED")
    conditions = [{"text": "Signed", "owner": str(lead().pk), "due_on": str(IN_2099)}]
    refused = decide(deal, "approve-with-conditions", conditions=conditions).json()
    assert refused["detail"].endswith("Still open: RISK.")
    answer(deal, "RISK", bid_manager(), state="SETTLED")
    assert decide(deal, "approve-with-conditions", conditions=conditions).status_code == 200
    assert conditions_of(deal)


def test_a_no_bid_waits_for_no_review_comment():
    deal = resubmitted()
    assert decide(deal, "decide-no-bid", **NO_BID).json()["workflow_status"] == "NO_BID"


def test_who_scored_it_does_not_settle_it():
    deal, helper = returned(), lead()
    save(deal, helper, answers={"FIT": rated(4)})
    for scorer in (deal.assigned_sa, helper):
        refused = answer(deal, "FIT", scorer, state="SETTLED")
        assert (refused.status_code, refused.json()["guard"]) == (403, "right")
    assert "You scored this" in refused.json()["detail"]
    assert answer(deal, "FIT", helper, state="ADDRESSED").status_code == 200


def test_others_read_and_answer_nothing():
    deal, other = returned(), architect()
    refused = answer(deal, "FIT", other, text="I know!")
    assert (refused.status_code, refused.json()["guard"]) == (403, "right")
    assert [each["may_set"] for each in listed(deal, other)] == [[], []]
    decider = bid_manager()
    assert answer(deal, "FIT", decider, state="ADDRESSED").status_code == 403


def test_an_answer_says_something():
    deal = returned()
    assert answer(deal, "FIT", deal.assigned_sa, text=" ").json()["detail"] == "Write a reply."


def test_a_comment_belongs_to_its_opportunity():
    deal, other = returned(), returned()
    [foreign, *_] = threads_of(other)
    client = client_of(bid_manager())
    assert client.post(f"{address(deal)}/{foreign.pk}", {"text": "?"}).status_code == 404
    assert client.get("/api/opportunities/0/review-threads").status_code == 404


def test_once_decided_the_review_is_over():
    deal = resubmitted()
    decide(deal, "decide-no-bid", **NO_BID)
    refused = answer(deal, "FIT", bid_manager(), state="SETTLED")
    assert (refused.status_code, refused.json()["guard"]) == (409, "review_comment_open")
    assert [each["may_set"] for each in listed(deal, bid_manager())] == [[], []]


def test_what_was_said_stays_as_it_was():
    deal = returned()
    answer(deal, "FIT", deal.assigned_sa, text="Two of three.")
    thread = threads_of(deal)[0]
    thread.text = "Never mind"
    for change in (thread.save, thread.delete, thread.replies.get().delete):
        with pytest.raises(Frozen):
            change()


def test_a_list_takes_the_same_queries_however_much_was_said(django_assert_num_queries):
    deal = returned({"FIT": "Which?"})
    answer(deal, "FIT", deal.assigned_sa, text="All.")
    client = client_of(bid_manager())
    client.get(address(deal))
    with django_assert_num_queries(QUERIES):
        client.get(address(deal))
    answer(deal, "FIT", deal.assigned_sa, text="And these.", state="ADDRESSED")
    again = apply_transition(deal, Action.SUBMIT, by=deal.assigned_sa, **SCREEN)
    returned({"RISK": "Why?", "CAP": "Who?"}, again)
    with django_assert_num_queries(QUERIES):
        client.get(address(deal))
