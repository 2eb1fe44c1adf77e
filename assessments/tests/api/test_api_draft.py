"""Writing an assessment over HTTP, and submitting it."""

import pytest

from assessments.drafts.versions import draft_of
from assessments.tests.factories import (
    IN_2099,
    architect,
    assigned,
    bid_manager,
    complete,
    in_assessment,
    in_review,
    lead,
    rated,
    ratings,
    replies,
    standard_template,
)
from opportunities.access.roles import Role
from opportunities.models import Opportunity
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def address(deal, below="assessment-draft"):
    return f"/api/opportunities/{deal.pk}/{below}"


def save(client, deal, version=0, **sent):
    return client.patch(address(deal), {"lock_version": version, **sent}, format="json")


def act(client, deal, action, **payload):
    version = Opportunity.objects.get(pk=deal.pk).lock_version
    body = {"lock_version": version, **payload}
    return client.post(address(deal, f"actions/{action}"), body, format="json")


def test_before_the_first_answer_there_is_a_form_and_no_draft():
    deal = assigned()
    form = client_of(deal.assigned_sa).get(address(deal)).json()
    assert (form["draft"], form["lock_version"]) == (None, 0)
    assert [group["code"] for group in form["content"]["groups"]] == ["A", "B", "C", "D"]


def test_the_template_is_read_once_for_a_draft(django_assert_max_num_queries):
    deal = in_assessment()
    client = client_of(deal.assigned_sa)
    with django_assert_max_num_queries(60) as queries:
        client.get(address(deal))
    bands = [each for each in queries if 'FROM "assessment_score_bands"' in each["sql"]]
    assert len(bands) == 1


def test_where_no_template_is_active_the_form_says_so():
    deal = assigned()
    standard_template().__class__.objects.update(status="RETIRED")
    answer = client_of(deal.assigned_sa).get(address(deal))
    assert (answer.status_code, answer.json()["guard"]) == (409, "active_template")


def test_the_first_save_starts_the_assessment_and_shows_the_score_so_far():
    deal = assigned()
    client = client_of(deal.assigned_sa)
    form = save(client, deal, answers={"NEED": rated(5)}, knockouts={"TIME": {"reply": "YES"}})
    assert form.status_code == 200, form.content
    draft = form.json()["draft"]
    assert draft["answers"]["NEED"]["rating"] == 5
    assert draft["scoring"]["score"] == "8.0"
    assert (draft["scoring"]["answered"], draft["scoring"]["band"]) == (1, None)
    assert client.get(f"/api/opportunities/{deal.pk}").json()["workflow_status"] == "IN_ASSESSMENT"


def test_what_a_save_does_not_name_stays():
    deal = assigned()
    client = client_of(deal.assigned_sa)
    save(client, deal, answers={"NEED": rated(5)})
    version = draft_of(deal).lock_version
    draft = save(client, deal, version, recorded={"confidence": "HIGH"}).json()["draft"]
    assert (draft["answers"]["NEED"]["rating"], draft["confidence"]) == (5, "HIGH")


def test_two_windows_on_one_draft_the_second_is_told_and_can_go_on():
    deal = in_assessment()
    desk, own = client_of(bid_manager(first_name="Grace")), client_of(deal.assigned_sa)
    seen = own.get(address(deal)).json()["lock_version"]
    save(desk, deal, seen, answers={"NEED": rated(1, "Nobody will act on it")})
    refused = save(own, deal, seen, answers={"FUND": rated(4)})
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "conflict")
    assert [(each["code"], each["value"], each["by"]) for each in problem["saves"]] == [
        ("NEED", "1", "Grace")
    ]
    assert problem["current"]["answers"]["NEED"]["rating"] == 1
    version = problem["current"]["lock_version"]
    again = save(own, deal, version, answers={"FUND": rated(4)}).json()["draft"]
    assert (again["answers"]["NEED"]["rating"], again["answers"]["FUND"]["rating"]) == (1, 4)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"answers": {"NEED": {"rating": 6}}}, "answers.NEED.rating"),
        ({"answers": {"NEED": {"rating": "5"}}}, "answers.NEED.rating"),
        ({"answers": {"NEED": {"rating": True}}}, "answers.NEED.rating"),
        ({"answers": {"NEED": {"stars": 5}}}, "answers.NEED.stars"),
        ({"answers": {"NEED": {"comment": "a\0b"}}}, "answers.NEED.comment"),
        ({"answers": []}, "answers"),
        ({"answers": {"OTHER": {"rating": 5}}}, "OTHER.answer"),
        ({"answers": {"FIT": {"kind": "NA"}}}, "FIT.answer"),
        ({"knockouts": {"TIME": {"reply": "MAYBE"}}}, "knockouts.TIME.reply"),
        ({"recorded": {"score": "100.0"}}, "recorded.score"),
        ({"recorded": {"bid_cost": "-1"}}, "recorded.bid_cost"),
        ({"recorded": {"competitors": [{"strength": "x"}]}}, "recorded.competitors.0.name"),
        ({"score": "100.0"}, "score"),
        ({"status": "DECIDED"}, "status"),
    ],
)
def test_a_value_that_cannot_be_kept_is_named_and_nothing_of_the_save_is(sent, field):
    deal = assigned()
    answer = save(client_of(deal.assigned_sa), deal, **sent)
    assert answer.status_code == 400
    assert field in [each["field"] for each in answer.json()["errors"]]
    assert draft_of(deal) is None


def test_only_the_sa_and_the_desk_write_answers():
    deal = in_assessment()
    for person in (architect(), UserFactory(roles=[Role.VIEWER]), UserFactory(is_superuser=True)):
        answer = save(client_of(person), deal, 1, answers={"NEED": rated(5)})
        assert answer.status_code == 403
    assert save(client_of(lead()), deal, 1, answers={"NEED": rated(4)}).status_code == 200


def test_submitting_with_something_missing_lists_all_of_it_and_keeps_the_draft():
    deal = assigned()
    client = client_of(deal.assigned_sa)
    answers = ratings(3) | {"FUND": {"kind": "UNKNOWN"}}
    save(client, deal, answers=answers, knockouts=replies())
    answer = act(client, deal, "submit")
    assert (answer.status_code, answer.json()["code"]) == (422, "incomplete")
    assert answer.json()["guard"] == "answers_complete"
    fields = [each["field"] for each in answer.json()["errors"]]
    assert fields == ["FUND.comment", "confidence", "sa_recommendation"]
    assert client.get(address(deal)).json()["problems"] == answer.json()["errors"]


def test_submitting_freezes_the_version_and_computes_its_score():
    deal = assigned()
    complete(deal)
    client = client_of(deal.assigned_sa)
    assert act(client, deal, "submit").json()["workflow_status"] == "IN_REVIEW"
    (row,) = client.get(address(deal, "assessments")).json()["results"]
    assert (row["status"], row["score"], row["band"]) == ("SUBMITTED", "60.0", "MIDDLE")
    version = client.get(address(deal, "assessments/1")).json()
    assert version["answers"]["NEED"]["rating"] == 3
    assert version["crm_snapshot"]["customer"] == "Northwind Rail"
    assert save(client, deal, 1, answers={"NEED": rated(5)}).status_code == 409


def test_submitting_a_draft_somebody_has_written_on_since_is_told():
    deal = in_assessment()
    client = client_of(deal.assigned_sa)
    answer = act(client, deal, "submit", draft_version=draft_of(deal).lock_version - 1)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_a_return_brings_its_comments_to_the_next_draft():
    deal = in_review()
    payload = {"reason": "Look again.", "review_comments": {"NEED": "Who says so?"}}
    assert act(client_of(bid_manager()), deal, "return", **payload).status_code == 200
    draft = client_of(deal.assigned_sa).get(address(deal)).json()["draft"]
    assert [(each["code"], each["text"]) for each in draft["review_comments"]] == [
        ("NEED", "Who says so?")
    ]


# --- versions and decisions -------------------------------------------------------------------


def second_version():
    deal = in_review()
    act(client_of(bid_manager()), deal, "return", reason="Look again.")
    client = client_of(deal.assigned_sa)
    save(client, deal, draft_of(deal).lock_version, answers={"NEED": rated(4)})
    act(client, deal, "submit")
    return deal, client


def test_two_versions_are_compared_by_what_each_criterion_did():
    deal, client = second_version()
    compared = client.get(address(deal, "assessments/compare"), {"older": 1, "newer": 2}).json()
    assert (compared["change"], compared["rounding"]) == ("1.6", "0.0")
    (need,) = compared["criteria"]
    assert (need["code"], need["points"], need["direction"]) == ("NEED", "1.6", "up")


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"older": "1"}, 400),
        ({"older": "x", "newer": "2"}, 400),
        ({"older": "1", "newer": "9"}, 404),
    ],
)
def test_a_comparison_wants_two_versions_that_are_there(parameters, status):
    deal = in_review()
    answer = client_of(deal.assigned_sa).get(address(deal, "assessments/compare"), parameters)
    assert answer.status_code == status


def test_a_conditional_bid_and_its_conditions_until_they_are_met():
    deal = in_review()
    desk, owner = client_of(bid_manager()), architect()
    condition = {"text": "Partner signs", "owner": str(owner.pk), "due_on": IN_2099.isoformat()}
    decided = act(desk, deal, "approve-with-conditions", conditions=[condition])
    assert decided.json()["decision"] == "CONDITIONAL", decided.content
    (listed,) = desk.get(address(deal, "conditions")).json()
    settle = address(deal, f"conditions/{listed['id']}/settle")
    assert act(desk, deal, "conditions-met").json()["guard"] == "conditions_settled"
    met = client_of(owner).post(settle, {"state": "MET", "reason": "Signed."}, format="json")
    assert (met.status_code, met.json()["state"]) == (200, "MET")
    assert act(desk, deal, "conditions-met").json()["workflow_status"] == "APPROVED"
    decisions = desk.get(address(deal, "decisions")).json()["results"]
    assert [each["outcome"] for each in decisions] == ["BID", "CONDITIONAL"]


def test_each_is_told_what_they_may_say_of_a_condition_and_may_say_that():
    deal = in_review()
    desk, owner = client_of(bid_manager()), architect()
    condition = {"text": "Partner signs", "owner": str(owner.pk), "due_on": IN_2099.isoformat()}
    act(desk, deal, "approve-with-conditions", conditions=[condition])
    told = {}
    for name, client in {
        "desk": desk,
        "owner": client_of(owner),
        "sa": client_of(deal.assigned_sa),
    }.items():
        (listed,) = client.get(address(deal, "conditions")).json()
        (shown,) = client.get(address(deal, "decisions")).json()["results"][0]["conditions"]
        assert shown == listed
        told[name] = listed["may_settle"]
        settle = address(deal, f"conditions/{listed['id']}/settle")
        refused = {"MET", "WAIVED"} - {*told[name]}
        for state in refused:
            body = {"state": state, "reason": "Seen."}
            assert client.post(settle, body, format="json").status_code == 403
    assert told == {"desk": ["MET", "WAIVED"], "owner": ["MET"], "sa": []}
    done = client_of(owner).post(settle, {"state": "MET", "reason": "Signed."}, format="json")
    assert (done.status_code, done.json()["may_settle"]) == (200, [])
    assert desk.get(address(deal, "conditions")).json()[0]["may_settle"] == []


def test_a_condition_of_another_opportunity_is_not_found_below_this_one():
    deal, other = in_review(), in_review()
    desk = client_of(bid_manager())
    condition = {"text": "Price", "owner": str(lead().pk), "due_on": IN_2099.isoformat()}
    act(desk, deal, "approve-with-conditions", conditions=[condition])
    (listed,) = desk.get(address(deal, "conditions")).json()
    body = {"state": "MET", "reason": "x"}
    foreign = desk.post(address(other, f"conditions/{listed['id']}/settle"), body, format="json")
    assert foreign.status_code == 404
    (still,) = desk.get(address(deal, "conditions")).json()
    assert still["state"] == "OPEN"


def test_an_override_needs_its_reason_and_is_flagged():
    deal = in_review()
    desk = client_of(bid_manager())
    assert act(desk, deal, "approve").json()["guard"] == "override_reason"
    act(desk, deal, "approve", reason_code="NEW_FACTS", reason="The rival withdrew.")
    (decision,) = desk.get(address(deal, "decisions")).json()["results"]
    assert (decision["is_override"], decision["reason_code"]) == (True, "NEW_FACTS")


def test_nobody_decides_what_they_scored_not_even_with_every_role():
    me = architect(roles=[Role.SA, Role.BID_MANAGER], is_superuser=True)
    deal = in_review(to=me)
    answer = act(client_of(me), deal, "approve", reason_code="NEW_FACTS", reason="Mine.")
    assert (answer.status_code, answer.json()["guard"]) == (409, "not_own_scoring")


def test_the_decision_record_says_it_in_words_and_earlier_ones_can_be_asked_for():
    deal = in_review()
    desk = client_of(bid_manager())
    act(desk, deal, "decide-no-bid", reason_code="NO_TIME", reason="Due tomorrow.")
    record = desk.get(address(deal, "decision-record")).json()
    assert record["decision"]["headline"] == "No bid"
    assert record["scored"]["groups"][0]["criteria"][0]["code"] == "NEED"
    assert desk.get(address(deal, "decision-record"), {"decision": "999"}).status_code == 404


def test_templates_and_reason_codes_can_be_read():
    standard_template()
    client = client_of(architect())
    (row,) = client.get("/api/assessment-templates", {"status": "ACTIVE"}).json()["results"]
    template = client.get(f"/api/assessment-templates/{row['id']}").json()
    weights = [c["weight"] for group in template["content"]["groups"] for c in group["criteria"]]
    assert sum(weights) == 100
    assert client.get("/api/assessment-templates/999").status_code == 404
    codes = client.get("/api/assessment-reasons").json()
    assert {"code": "NO_TIME", "label": "No competent answer possible by the deadline"} in codes[
        "no_bid"
    ]


@pytest.mark.parametrize(
    "below",
    [
        "assessment-draft",
        "assessments",
        "assessments/1",
        "assessments/compare?older=1&newer=1",
        "decisions",
        "decision-record",
        "conditions",
    ],
)
def test_nothing_of_an_opportunity_out_of_sight_is_found(below, settings):
    settings.RESTRICT_VISIBILITY = True
    deal = in_review()
    stranger = client_of(architect(practices=["Data"]))
    assert stranger.get(address(deal, below)).status_code == 404
    assert stranger.get(address(deal, f"{below}")).json()["code"] == "not_found"
