from datetime import UTC, date, datetime, timedelta

import pytest

from opportunities.domain.states import WorkflowStatus
from opportunities.lists.tabs import TABS, tab_counts
from opportunities.models import Opportunity, conditions
from opportunities.tests.workflow_scene import deal, sa

pytestmark = pytest.mark.django_db
S = WorkflowStatus
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def names(rows):
    return set(rows.values_list("name", flat=True))


def test_each_tab_counts_what_it_lists_in_one_query(django_assert_num_queries):
    me = sa()
    for status in S:
        deal(status, name=status)
        deal(status, name=f"mine {status}", assigned_sa=me)
    deal(name="gone", removed_in_crm_at=NOW)
    rows = Opportunity.objects.all()
    with django_assert_num_queries(1):
        counts = tab_counts(rows, me)
    listed = {tab.name: tab.of(rows, me) for tab in TABS}
    assert counts == {name: found.count() for name, found in listed.items()}
    assert counts == {
        "my_queue": 3,
        "sold_by_me": 0,
        "unassigned": 2,
        "in_assessment": 6,
        "in_review": 2,
        "decided": 6,
        "on_hold": 2,
        "closed": 2,
        "all": 21,
    }
    assert names(listed["my_queue"]) == {
        f"mine {s}" for s in (S.ASSIGNED, S.IN_ASSESSMENT, S.RETURNED)
    }


def test_the_tabs_keep_to_the_rows_they_are_given():
    me = sa()
    deal(geo="APAC")
    deal(geo="EMEA")
    assert tab_counts(Opportunity.objects.filter(geo="APAC"), me)["unassigned"] == 1


def test_overdue_and_due_soon_are_states_with_a_clock_only():
    for status in S:
        deal(status, name=f"late {status}", due_at=NOW - HOUR, due_soon_at=NOW - 2 * HOUR)
        deal(status, name=f"soon {status}", due_at=NOW + HOUR, due_soon_at=NOW - HOUR)
        deal(status, name=f"ok {status}", due_at=NOW + 2 * HOUR, due_soon_at=NOW + HOUR)
    clocked = {"NEW", "ASSIGNED", "IN_ASSESSMENT", "RETURNED", "IN_REVIEW", "CONDITIONAL"}
    rows = Opportunity.objects.all()
    assert names(rows.filter(conditions.overdue(NOW))) == {f"late {status}" for status in clocked}
    assert names(rows.filter(conditions.due_soon(NOW))) == {f"soon {status}" for status in clocked}
    for word, found in (
        ("overdue", rows.filter(conditions.overdue(NOW))),
        ("due soon", rows.filter(conditions.due_soon(NOW))),
    ):
        assert {row.clock_state(NOW).value for row in found} == {word}


FINE = {"due_at": NOW + 9 * HOUR, "due_soon_at": NOW + 8 * HOUR}
LATE = {"due_at": NOW - HOUR, "due_soon_at": NOW - HOUR}


@pytest.mark.parametrize(
    ("status", "more", "needs"),
    [
        (S.NEW, FINE, False),
        (S.NEW, LATE, True),
        (S.IN_REVIEW, LATE, True),
        (S.ASSIGNED, LATE, False),
        (S.ASSIGNED, {"bid_due_on": date(2026, 11, 29)}, True),
        (S.ASSIGNED, {"bid_due_on": date(2026, 11, 30)}, False),
        (S.APPROVED, {"bid_due_on": date(2026, 11, 25)}, False),
        (S.CONDITIONAL, {**FINE, "due_soon_at": NOW}, True),
        (S.CONDITIONAL, FINE, False),
        (S.ON_HOLD, {"hold_review_on": date(2026, 11, 24)}, True),
        (S.ON_HOLD, {"hold_review_on": date(2026, 11, 25)}, False),
        (S.APPROVED, {"needs_requalification": True}, True),
        (S.IN_ASSESSMENT, {"is_reopened": True}, True),
        (S.CLOSED_IN_CRM, {"needs_requalification": True}, False),
        (S.NEW, {**LATE, "removed_in_crm_at": NOW}, False),
    ],
)
def test_what_needs_attention(status, more, needs):
    deal(status, **{**FINE, **more})
    assert Opportunity.objects.filter(conditions.needs_attention(NOW)).exists() == needs


@pytest.mark.parametrize(
    ("status", "more", "is_orphan"),
    [
        (S.IN_ASSESSMENT, {"removed_in_crm_at": NOW}, True),
        (S.CONDITIONAL, {"removed_in_crm_at": NOW}, True),
        (S.NEW, {"removed_in_crm_at": NOW}, False),
        (S.NO_BID, {"removed_in_crm_at": NOW}, False),
        (S.IN_ASSESSMENT, {}, False),
        (S.CLOSED_IN_CRM, {"status_before_close": S.IN_REVIEW}, True),
        (S.CLOSED_IN_CRM, {"status_before_close": S.NEW}, False),
        (S.CLOSED_IN_CRM, {"status_before_close": S.APPROVED}, False),
        (S.CLOSED_IN_CRM, {"status_entered_at": NOW - timedelta(days=31)}, False),
    ],
)
def test_orphans_are_work_that_the_crm_left_alone(status, more, is_orphan):
    deal(status, **{"status_entered_at": NOW, **more})
    assert Opportunity.objects.filter(conditions.orphans(NOW)).exists() == is_orphan
