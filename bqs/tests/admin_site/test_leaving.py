"""Somebody leaves: their work is told of, listed and handed over, and lists that name them open."""

import re

import pytest
from django.urls import reverse

from assessments.tests.factories import IN_2099, SCREEN, in_assessment, in_review
from bqs.admin_site.leaving import holding_of
from opportunities.access.roles import Role
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity
from opportunities.tests.admin_clients import administrator, browser_of, text_of, typed_in
from opportunities.tests.admin_people import staff_bid_manager
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory
from opportunities.tests.html_pages import Page
from opportunities.tests.workflow_scene import bid_manager, deal, sa
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db
S = WorkflowStatus
LIST = "/admin/opportunities/opportunity/"
GONE = 999_999_999_999_999_999


def conditional(owner):
    conditions = [{"text": "Margin confirmed", "owner": owner, "due_on": IN_2099}]
    return apply_transition(
        in_review(),
        Action.APPROVE_WITH_CONDITIONS,
        by=bid_manager(),
        params={"conditions": conditions},
        **SCREEN,
    )


def page_of(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def leave(user):
    user.is_active = False
    user.save()


def deactivated(user):
    """In the admin; what the next page says."""
    browser = administrator()
    sent = typed_in(browser, page_of(user))
    del sent["is_active"]
    answer = browser.post(page_of(user), sent, follow=True)
    user.refresh_from_db()
    assert not user.is_active
    return answer


def flagged():
    answer = client_of(staff_bid_manager()).get("/api/opportunities?attention_reason=left")
    return {row["id"] for row in answer.json()["results"]}


@pytest.mark.parametrize(
    ("status", "more", "is_flagged"),
    [
        (S.ASSIGNED, {}, True),
        (S.IN_ASSESSMENT, {}, True),
        (S.RETURNED, {}, True),
        (S.ON_HOLD, {"status_before_hold": S.IN_ASSESSMENT}, True),
        (S.ON_HOLD, {"status_before_hold": S.IN_REVIEW}, False),
        # Others have to do the next thing with these.
        (S.IN_REVIEW, {}, False),
        (S.APPROVED, {}, False),
        (S.CLOSED_IN_CRM, {}, False),
    ],
)
def test_work_of_who_left_needs_attention_where_they_were_to_do_it(status, more, is_flagged):
    gone = sa()
    row = deal(status, assigned_sa=gone, **more)
    deal(status, **more)
    assert flagged() == set()
    leave(gone)
    assert flagged() == ({str(row.pk)} if is_flagged else set())
    assert Opportunity.objects.filter(assigned_sa=gone).count() == 1


def test_work_of_an_account_that_was_deleted_needs_attention():
    gone = sa()
    row = deal(S.ASSIGNED, assigned_sa=gone)
    gone.delete()
    assert flagged() == {str(row.pk)}


def test_a_condition_whose_owner_left_needs_attention_until_it_is_settled():
    gone = sa()
    row = conditional(gone)
    leave(gone)
    assert flagged() == {str(row.pk)}
    row.decisions.get().conditions.update(state="MET")
    assert flagged() == set()


def test_the_overview_and_the_list_of_the_admin_have_the_reason():
    gone = sa()
    deal(S.ASSIGNED, assigned_sa=gone)
    leave(gone)
    browser = browser_of(staff_bid_manager())
    assert re.search(r"With someone who left\s*1\b", text_of(browser.get("/admin/")))
    page = browser.get(f"{LIST}?attention=left")
    assert page.context["cl"].result_count == 1
    assert "Attention: With someone who left" in text_of(page)


def test_who_deactivates_an_sa_is_told_what_still_waits_for_them():
    gone = UserFactory(first_name="Ada", last_name="Lovelace", roles=[Role.SA], practices=["Cloud"])
    in_assessment(to=gone)
    deal(S.ASSIGNED, assigned_sa=gone)
    deal(S.ON_HOLD, assigned_sa=gone)
    conditional(gone)
    before = text_of(administrator().get(page_of(gone)))
    assert "Work to hand over before this account is deactivated" in before
    page = deactivated(gone)
    assert (
        "Ada Lovelace can no longer sign in and still holds 2 opportunities in assessment, "
        "1 draft, 1 opportunity on hold and 1 bid with an open condition. Hand it over"
    ) in text_of(page)
    assert page_of(gone) in Page(page).links
    after = text_of(administrator().get(page_of(gone)))
    assert "This account is deactivated, and work still waits for it In assessment: 2" in after


def test_who_holds_nothing_leaves_without_a_word():
    free = sa()
    deal(S.APPROVED, assigned_sa=free)
    assert "still holds" not in text_of(deactivated(free))
    assert not holding_of(free)


def test_all_work_of_who_left_is_handed_over_at_once_with_a_result_for_every_row():
    gone, heir, manager = sa(), sa(first_name="Grace"), staff_bid_manager()
    light, heavy = deal(S.ASSIGNED, assigned_sa=gone), in_assessment(to=gone)
    leave(gone)
    page = browser_of(manager).get(page_of(gone))
    assert page.status_code == 403
    browser = browser_of(manager)
    mine = f"{LIST}?tab=in_assessment&sa={gone.pk}"
    chosen = {"action": "reassign", "_selected_action": [light.pk, heavy.pk]}
    asked = browser.post(mine, chosen)
    form = max(Page(asked).forms, key=lambda form: len(form.sent)).sent
    refused = text_of(browser.post(mine, {**form, "assignee": heir.pk}))
    assert "1 done, 1 skipped" in refused
    done = browser.post(mine, {**form, "assignee": heir.pk, "reason": "Ada left."})
    assert "1 done, 0 skipped" in text_of(done)
    assert set(Opportunity.objects.values_list("assigned_sa", flat=True)) == {heir.pk}
    assert flagged() == set()


@pytest.mark.parametrize("make", [lambda: sa(first_name="Ada", is_active=False).pk, lambda: GONE])
def test_a_kept_list_that_names_who_left_is_empty_and_no_error(make):
    who, client = make(), client_of(staff_bid_manager())
    deal(S.ASSIGNED)
    for address in ("opportunities", "opportunities/tabs", "opportunities/sums", "dashboard"):
        assert client.get(f"/api/{address}?assigned_sa={who}").status_code == 200
    assert client.get(f"/api/opportunities?assigned_sa={who}").json()["count"] == 0
    either = client.get(f"/api/opportunities?either=assigned_sa%3D{who}&either=geo%3DEMEA")
    assert either.json()["count"] == 1
    kept = {"name": "Mine", "query": f"assigned_sa={who}", "is_default": True}
    assert client.post("/api/saved-views", kept).status_code == 201
    page = text_of(browser_of(staff_bid_manager()).get(f"{LIST}?sa={who}"))
    assert "0 opportunities" in page
    assert ("Assigned SA: Someone who left" if who == GONE else "Assigned SA: Ada (left)") in page


def test_people_are_found_by_id_also_those_who_left():
    ada, gone = sa(first_name="Ada"), sa(first_name="Grace", is_active=False)
    client = client_of(UserFactory())
    found = client.get(f"/api/users?id={ada.pk}&id={gone.pk}&id={GONE}").json()["results"]
    assert [(row["name"], row["is_active"]) for row in found] == [("Ada", True), ("Grace", False)]
    assert gone.pk not in [row["id"] for row in client.get("/api/users").json()["results"]]
    refused = client.get("/api/users?id=ada")
    assert refused.json()["errors"][0]["detail"] == "Write the id of a user."
