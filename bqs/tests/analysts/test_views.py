"""The views tell what the tables hold, describe each column, and outlive migrations."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from assessments.tests.factories import SCREEN, assigned, bid_manager, in_review, lead
from bqs.analysts.dictionary import dictionary
from bqs.analysts.tables import our_tables
from bqs.analysts.view_files import VIEWS
from bqs.analysts.views import create_views, drop_views
from bqs.demonstration.people import MARK, PEOPLE, make_people
from opportunities.domain.states import Action
from opportunities.models import Opportunity
from opportunities.workflow.transitions import apply_transition
from opportunities.workflow.undo import undo
from sync.tests.factories import OpportunityChangeFactory

pytestmark = pytest.mark.django_db
IS_POSTGRES = connection.vendor == "postgresql"
PREFIX = "bi." if IS_POSTGRES else ""


def rows(query, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(query.replace(" bi_", f" {PREFIX}bi_"), parameters)
        names = [each[0] for each in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_each_column_is_described(view):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {PREFIX}{view.name}")
        shown = [each[0] for each in cursor.description]
    described = dict(view.columns())
    assert [*described] == shown
    assert all(text.endswith(".") for text in (view.description, *described.values()))


def test_the_dictionary_is_what_models_and_views_say():
    page = (settings.BASE_DIR / "docs/data-dictionary.md").read_text(encoding="utf-8")
    assert page == dictionary(), "Run manage.py bi_views dictionary."


# It goes with the next version.
LEFT_FOR_FORMER_CODE = ("profiles", "wants_notices")


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has no comments")
def test_the_database_comments_each_table_and_column():
    columns = (
        "SELECT c.relname AS table, a.attname AS column FROM pg_class c "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0 AND NOT a.attisdropped "
        "WHERE c.relkind IN ('r', 'v') AND col_description(c.oid, a.attnum) IS NULL"
    )
    ours = {each.name for each in (*our_tables(), *VIEWS)}
    found = [(each["table"], each["column"]) for each in rows(columns) if each["table"] in ours]
    assert found == [LEFT_FOR_FORMER_CODE]
    comment = "SELECT obj_description('opportunities'::regclass) AS text"
    assert rows(comment)[0]["text"].startswith("A sales opportunity")


def test_stays_follow_one_another_up_to_the_present_state():
    deal = in_review()
    apply_transition(deal, Action.RETURN, by=lead(last_name="Lind"), reason="Why?", **SCREEN)
    stays = rows("SELECT * FROM bi_states WHERE opportunity_id = %s ORDER BY entered_at", deal.pk)
    states = ["NEW", "ASSIGNED", "IN_ASSESSMENT", "IN_REVIEW", "RETURNED"]
    assert [each["state"] for each in stays] == states
    begun, ended = ([str(each[at])[:26] for each in stays] for at in ("entered_at", "left_at"))
    assert ended == [*begun[1:], "None"]
    assert (stays[0]["action"], stays[0]["actor"]) == ("", None)
    assert (stays[-1]["action"], stays[-1]["actor"]) == ("RETURN", "Lind")


def test_a_deal_that_nobody_moved_has_one_stay():
    deal = OpportunityChangeFactory().opportunity
    (stay,) = rows("SELECT * FROM bi_states")
    assert (stay["opportunity_id"], stay["state"], stay["left_at"]) == (deal.pk, "NEW", None)


def test_events_from_before_a_mirror_was_read_anew_begin_no_negative_stay():
    deal = assigned()
    Opportunity.objects.filter(pk=deal.pk).update(first_seen_at=timezone.now() + timedelta(days=1))
    assert [each["state"] for each in rows("SELECT * FROM bi_states")] == ["ASSIGNED"]


def test_changes_name_field_values_and_run():
    change = OpportunityChangeFactory()
    (row,) = rows("SELECT * FROM bi_changes")
    assert (row["field"], row["old"], row["new"]) == ("stage", "Discovery", "Proposal")
    assert (row["run_id"], row["run_type"]) == (change.sync_log_id, "INCREMENTAL")


def test_an_undone_decision_says_so():
    deal, manager = assigned(), bid_manager()
    why = {"reason": "Nobody is free.", "reason_code": "NO_CAPACITY"}
    apply_transition(deal, Action.QUICK_NO_BID, by=manager, **why, **SCREEN)
    undo(deal, by=manager, **SCREEN)
    apply_transition(deal, Action.QUICK_NO_BID, by=manager, **why, **SCREEN)
    decisions = rows("SELECT * FROM bi_decisions ORDER BY decision_id")
    assert [bool(each["is_undone"]) for each in decisions] == [True, False]
    assert {each["reason_code"] for each in decisions} == {"NO_CAPACITY"}


def test_assessments_and_answers_are_told_with_their_questions():
    deal = in_review()
    (version,) = rows("SELECT * FROM bi_assessments")
    assert (version["template"], version["status"], version["score"]) == (
        "standard",
        "SUBMITTED",
        60,
    )
    assert version["assessor_id"] == deal.assigned_sa_id
    answers = rows("SELECT * FROM bi_answers")
    assert sum(each["weight"] or 0 for each in answers) == 100
    assert {(e["question_kind"], e["answer"], e["rating"]) for e in answers} == {
        *(("CRITERION", "RATING", 3), ("KNOCKOUT", "YES", None))
    }


def test_people_have_names_and_no_address():
    make_people()
    people = rows("SELECT * FROM bi_people")
    assert {each["name"] for each in people} >= {
        f"{person.first_name} {person.last_name} {MARK}" for person in PEOPLE
    }
    leads = {each["leads"] for each in people if "SA lead" in each["roles"]}
    assert leads - {""}
    assert "@" not in str(people)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres_by_day
def test_a_migration_may_change_what_the_views_show():
    # It had no priorities, which a view shows.
    call_command("migrate", "opportunities", "0025", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("bi_views", "check")
    assert rows("SELECT count(priority) AS n FROM bi_opportunities") == [{"n": 0}]


def test_the_command_makes_drops_and_checks_them():
    drop_views()
    with pytest.raises(CommandError, match="bi_views create"):
        call_command("bi_views", "check")
    create_views()
    call_command("bi_views", "check")
    call_command("bi_views", "drop")
    with pytest.raises(CommandError, match="bi_views create"):
        call_command("bi_views", "check")
