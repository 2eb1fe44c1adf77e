"""One's own last action can be undone for a while: all is as before, and the trail shows both."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from assessments.models import Assessment
from assessments.tests.factories import in_assessment, ratings, save
from opportunities.access.roles import Role
from opportunities.domain.errors import Forbidden, GuardFailed
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.history.timeline import entry_of
from opportunities.models import (
    Assignment,
    Channel,
    NonTransitionEvent,
    Opportunity,
)
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import UserFactory, group_of
from opportunities.tests.workflow_scene import PRACTICE, bid_manager, deal, every_word, moved, sa
from opportunities.workflow.services import opportunity_comment, opportunity_edit
from opportunities.workflow.undo import REVERSIBLE, undo
from outbox.delivering import deliver_due
from outbox.expanding import expand_due
from outbox.models import Delivery

pytestmark = pytest.mark.django_db
S, A = WorkflowStatus, Action
URL = "/api/opportunities"
BEFORE = {
    A.ASSIGN: (S.NEW,),
    A.CLAIM: (S.NEW,),
    A.REASSIGN: (S.ASSIGNED, S.IN_ASSESSMENT, S.RETURNED),
    A.UNASSIGN: (S.ASSIGNED,),
    A.DECLINE: (S.ASSIGNED,),
    A.HOLD: (S.NEW, S.IN_REVIEW, S.CONDITIONAL),
    A.RESUME: (S.ON_HOLD,),
    A.QUICK_NO_BID: (S.NEW, S.ASSIGNED, S.IN_ASSESSMENT, S.RETURNED),
}
CASES = [(action, status) for action, statuses in BEFORE.items() for status in statuses]
NOT_RESTORED = ("lock_version", "before_last_move")


def undone(row, by, **more):
    return undo(row, by=by, channel=Channel.SCREEN, **more)


def everything_of(row):
    """The workflow's columns, the running assignment and the draft."""
    names = [name for name in Opportunity.TRANSITION_FIELDS if name not in NOT_RESTORED]
    return (
        Opportunity.objects.values(*names).get(pk=row.pk),
        list(Assignment.objects.filter(opportunity=row).values()),
        list(Assessment.objects.filter(opportunity=row).values("pk", "status", "assessor")),
    )


def actor_of(action, row):
    if action == A.DECLINE:
        return row.assigned_sa
    return sa() if action == A.CLAIM else bid_manager()


def a_deal(status):
    """With a past of its own: somebody has it, and its clock began a while ago."""
    then = timezone.now() - timedelta(days=3, microseconds=7)
    more = {"held_at": then, "due_at": then + timedelta(days=9)} if status == S.ON_HOLD else {}
    row = deal(status, status_entered_at=then, clock_started_at=then, is_reopened=True, **more)
    if row.assigned_sa:
        row.assignments.create(user=row.assigned_sa, assigned_by=row.assigned_sa, started_at=then)
    return row


def test_every_reversible_action_is_tried_here():
    assert BEFORE.keys() == REVERSIBLE


@pytest.mark.parametrize(("action", "status"), CASES)
def test_state_assignee_clock_and_draft_are_as_before(action, status):
    row = a_deal(status)
    before, by = everything_of(row), actor_of(action, row)
    assert moved(row, action, by).workflow_status != status or action == A.REASSIGN
    assert everything_of(row) != before
    undone(row, by)
    assert everything_of(row) == before
    assert row.events.first().action == NonTransitionEvent.UNDO


def test_the_trail_shows_both_and_names_what_was_undone():
    row, by = a_deal(S.NEW), bid_manager()
    moved(row, A.ASSIGN, by)
    version = Opportunity.objects.get(pk=row.pk).lock_version
    assert undone(row, by).lock_version == version + 1
    latest, former = row.events.all()
    assert (latest.action, latest.reason_code, latest.reason) == (
        "UNDO",
        "ASSIGN",
        "Undid: Assign.",
    )
    assert (latest.from_status, latest.to_status) == (S.ASSIGNED, S.NEW)
    assert latest.changes == {"assigned_sa": [former.changes["assigned_sa"][1], None]}
    assert entry_of(latest).text == "Undid: Assign."


def assigned():
    scene = SimpleNamespace(row=a_deal(S.NEW), by=bid_manager())
    moved(scene.row, A.ASSIGN, scene.by)
    scene.row.refresh_from_db()
    return scene


def refusal_for(scene, **more):
    with pytest.raises(GuardFailed) as refused:
        undone(scene.row, more.pop("by", scene.by), **more)
    scene.row.refresh_from_db()
    return refused.value.guard


def test_what_somebody_else_did_cannot_be_undone():
    scene = assigned()
    assert refusal_for(scene, by=bid_manager()) == "undo_own_action"
    assert scene.row.workflow_status == S.ASSIGNED


def test_after_somebody_else_acted_it_is_too_late():
    scene = assigned()
    opportunity_comment(
        opportunity=scene.row, by=scene.row.assigned_sa, text="On it.", channel=Channel.API
    )
    assert refusal_for(scene) == "undo_own_action"


def test_own_comments_do_not_hinder_it_but_own_changes_do():
    scene = assigned()
    words = {"opportunity": scene.row, "by": scene.by, "channel": Channel.API}
    opportunity_comment(text="A mistake.", **words)
    undone(scene.row, scene.by)
    scene = assigned()
    words = {"opportunity": scene.row, "by": scene.by, "channel": Channel.API}
    opportunity_edit(values={"sa_notes": "By Friday."}, **words)
    assert refusal_for(scene) == "undo_possible"


def test_a_reassignment_stays_once_the_new_sa_has_answered():
    row, by, words = in_assessment(), bid_manager(), every_word()
    words["params"]["assignee"] = heir = sa()
    moved(row, A.REASSIGN, by, words)
    row.refresh_from_db()
    save(row, heir, answers=ratings(4))
    assert refusal_for(SimpleNamespace(row=row, by=by)) == "undo_own_action"
    assert row.assigned_sa == heir


def test_it_is_too_late_after_the_time_that_the_setting_gives(settings):
    scene = assigned()
    settings.UNDO_SECONDS = 60
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert refusal_for(scene) == "undo_in_time"


def test_an_action_is_undone_once_and_an_undo_not_at_all():
    scene = assigned()
    undone(scene.row, scene.by)
    assert refusal_for(scene) == "undo_possible"


def test_what_handed_work_on_cannot_be_undone():
    row = deal(S.IN_REVIEW)
    by = bid_manager()
    moved(row, A.RETURN, by)
    assert refusal_for(SimpleNamespace(row=row, by=by)) == "undo_possible"


def test_nothing_was_done_so_nothing_can_be_undone():
    assert refusal_for(SimpleNamespace(row=deal(), by=bid_manager())) == "undo_possible"


def test_who_lost_the_right_meanwhile_cannot_undo():
    scene = assigned()
    scene.by.groups.set([group_of(Role.VIEWER)])
    with pytest.raises(Forbidden):
        undone(scene.row, type(scene.by).objects.get(pk=scene.by.pk))


def test_a_waiting_notice_of_the_undone_action_is_withdrawn_and_a_sent_one_kept():
    row, by, words = a_deal(S.NEW), bid_manager(), every_word()
    words["params"]["assignee"] = sa(email="sa@bqs.example")
    moved(row, A.ASSIGN, by, words)
    expand_due()
    assert Delivery.objects.filter(channel="mail").count() == 1
    undone(row, by)
    assert not Delivery.objects.exists()
    moved(row, A.ASSIGN, by, words)
    expand_due()
    deliver_due()
    undone(row, by)
    assert Delivery.objects.filter(channel="mail").count() == 1


def test_over_the_api_the_version_counts_and_the_deal_comes_back():
    scene = assigned()
    client, url = client_of(scene.by), f"{URL}/{scene.row.pk}/undo"
    late = client.post(url, {"lock_version": scene.row.lock_version - 1}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")
    answer = client.post(url, {"lock_version": scene.row.lock_version}, format="json")
    assert (answer.status_code, answer.json()["workflow_status"]) == (200, "NEW")
    again = client.post(url, {"lock_version": scene.row.lock_version + 1}, format="json")
    assert (again.status_code, again.json()["guard"]) == (409, "undo_possible")


def test_an_sa_takes_back_a_decline_that_put_the_deal_out_of_sight(settings):
    settings.RESTRICT_VISIBILITY = True
    row, by = a_deal(S.NEW), UserFactory(roles=[Role.SA])
    Opportunity.objects.filter(pk=row.pk).update(workflow_status=S.ASSIGNED, assigned_sa=by)
    client, why = client_of(by), {"lock_version": 0, "reason": "On leave."}
    answer = client.post(f"{URL}/{row.pk}/actions/decline", why, format="json")
    assert (answer.status_code, answer.json()["workflow_status"]) == (200, "NEW")
    assert client.get(f"{URL}/{row.pk}").status_code == 404
    late = client.post(f"{URL}/{row.pk}/undo", {"lock_version": 0}, format="json")
    assert (late.status_code, late.json()["current"]["workflow_status"]) == (409, "NEW")
    body = {"ids": [str(row.pk), str(deal().pk)]}
    answer = client.post(f"{URL}/bulk/undo", body, format="json")
    assert [(each["is_done"], each["guard"]) for each in answer.json()] == [
        (True, ""),
        (False, "visible"),
    ]
    assert client.get(f"{URL}/{row.pk}").json()["workflow_status"] == "ASSIGNED"


def test_an_undone_quick_no_bid_is_no_decision_any_more():
    row, by = a_deal(S.NEW), bid_manager()
    moved(row, A.QUICK_NO_BID, by)
    words = {"opportunity": row, "by": by, "channel": Channel.API}
    opportunity_comment(text="The wrong one.", **words)
    undone(row, by)
    url = f"{URL}/{row.pk}/decisions"
    assert client_of(by).get(url).json()["results"] == []
    moved(row, A.QUICK_NO_BID, by)
    assert len(client_of(by).get(url).json()["results"]) == 1


def test_a_viewer_has_no_right_to_undo():
    scene = assigned()
    url = f"{URL}/{scene.row.pk}/undo"
    answer = client_of(UserFactory()).post(url, {"lock_version": 1}, format="json")
    assert answer.status_code == 403


def test_a_bulk_action_is_undone_row_by_row_with_reasons():
    one, other = assigned(), assigned()
    ids = [str(one.row.pk), str(other.row.pk)]
    answer = client_of(one.by).post(f"{URL}/bulk/undo", {"ids": ids}, format="json")
    assert [(each["is_done"], each["guard"]) for each in answer.json()] == [
        (True, ""),
        (False, "undo_own_action"),
    ]


def test_before_a_bulk_action_the_server_tells_what_it_would_refuse(
    django_assert_max_num_queries,
):
    lead = UserFactory(roles=[Role.LEAD], leads=[PRACTICE])
    new, given, reviewed, foreign = deal(), deal(S.ASSIGNED), deal(S.IN_REVIEW), deal()
    Opportunity.objects.filter(pk=foreign.pk).update(practice="SAP")
    ids = [str(each.pk) for each in (new, given, reviewed, foreign)]
    body = {"ids": [*ids, "99"], "actions": ["ASSIGN", "REASSIGN"]}
    client = client_of(lead)
    with django_assert_max_num_queries(8):
        answer = client.post(f"{URL}/bulk/check", body, format="json").json()
    assert [(each["is_done"], each["guard"]) for each in answer] == [
        (True, ""),
        (True, ""),
        (False, "state"),
        (False, "right"),
        (False, "visible"),
    ]
    assert answer[2]["detail"] == "Not possible while the state is In review."
    assert set(Opportunity.objects.filter(pk__in=ids).values_list("lock_version", flat=True)) == {0}


def test_the_check_tells_nothing_of_what_a_person_cannot_see(settings):
    settings.RESTRICT_VISIBILITY = True
    foreign = deal()
    Opportunity.objects.filter(pk=foreign.pk).update(practice="SAP")
    lead = UserFactory(roles=[Role.LEAD], leads=[PRACTICE])
    body = {"ids": [str(foreign.pk)], "actions": ["ASSIGN"]}
    (answer,) = client_of(lead).post(f"{URL}/bulk/check", body, format="json").json()
    assert (answer["guard"], answer["detail"]) == (
        "visible",
        f"There is no opportunity {foreign.pk}.",
    )
