"""The owner of the tables can do everything, and verify_trail names it."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from assessments.decisions.conditions import condition_settle, conditions_of
from assessments.models import ConditionState, Decision
from assessments.tests.factories import IN_2099, SCREEN, in_review, lead
from audit.models import Seal
from audit.recording import record
from audit.sealing import seal
from audit.tests.triggers import as_owner, run
from opportunities.domain.states import Action
from opportunities.models import OpportunityEvent
from opportunities.workflow.transitions import apply_transition

pytestmark = pytest.mark.django_db
COPY = (
    "INSERT INTO opportunity_events (remote_id, at, action, from_status, to_status, reason, "
    "reason_code, changes, channel, request_id) SELECT remote_id, {at}, action, from_status, "
    "to_status, 'Forged', reason_code, changes, channel, request_id FROM opportunity_events "
    "WHERE id = {event}"
)
LONG_AGO = "'2020-01-01 10:00:00+00:00'"


def verified(**options):
    """Return the exit code and what was printed."""
    out = io.StringIO()
    try:
        call_command("verify_trail", stdout=out, stderr=io.StringIO(), **options)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def decided_deal():
    by = lead()
    deal = in_review()
    conditions = [{"text": "Price", "owner": by, "due_on": IN_2099}]
    deal = apply_transition(
        deal, Action.APPROVE_WITH_CONDITIONS, by=by, params={"conditions": conditions}, **SCREEN
    )
    condition = conditions_of(deal)[0]
    condition_settle(condition=condition, state=ConditionState.MET, by=by, reason="Yes", **SCREEN)
    return deal


@pytest.fixture
def deal():
    """Everything that is sealed, and sealed."""
    deal = decided_deal()
    record("export.made", rows=7)
    assert seal() == Seal.objects.count()
    return deal


def swapped(first, second):
    return (
        "UPDATE opportunity_events SET reason = (SELECT reason FROM opportunity_events other "
        f"WHERE other.id = {first} + {second} - opportunity_events.id) WHERE id IN "
        f"({first}, {second})"
    )


def tamperings(deal):
    """Return what is done, what it is called, and what is named."""
    events = list(OpportunityEvent.objects.order_by("id"))
    first, second, last = events[0].pk, events[1].pk, events[-1].pk
    decision = Decision.objects.get()
    assessment = decision.assessment
    answer, condition = assessment.answers.first().pk, decision.conditions.get().pk
    position = Seal.objects.get(kind="event", key=second).position
    end = Seal.objects.count()
    empty = "TRUNCATE {} CASCADE" if connection.vendor == "postgresql" else "DELETE FROM {}"
    return [
        (f"UPDATE opportunity_events SET reason = 'x' WHERE id = {second}", "CHANGED", second),
        (f"DELETE FROM opportunity_events WHERE id = {first}", "REMOVED", first),
        (COPY.format(at=LONG_AGO, event=first), "INSERTED", last + 1),
        (swapped(first, last), "CHANGED", first),
        (empty.format("opportunity_events"), "REMOVED", first),
        (empty.format("audit_events"), "REMOVED", "Audit event"),
        ("UPDATE audit_events SET address = '192.0.2.1'", "CHANGED", "Audit event"),
        ("UPDATE assessment_decisions SET outcome = 'BID'", "CHANGED", f"Decision {decision.pk}"),
        (
            f"UPDATE assessment_answers SET rating = 5 WHERE id = {answer}",
            "CHANGED",
            f"Submitted assessment {assessment.pk}",
        ),
        (
            f"DELETE FROM assessment_answers WHERE id = {answer}",
            "CHANGED",
            f"Submitted assessment {assessment.pk}",
        ),
        ("UPDATE assessments SET score = 99", "CHANGED", f"Submitted assessment {assessment.pk}"),
        (
            "UPDATE assessment_conditions SET text = 'x'",
            "CHANGED",
            f"Decision {decision.pk}",
        ),
        (
            "UPDATE assessment_conditions SET state = 'OPEN'",
            "REMOVED",
            f"Settled condition {condition}",
        ),
        (f"DELETE FROM seals WHERE position = {position}", "REMOVED", f"{position}"),
        (
            "UPDATE seals SET position = CASE position WHEN 1 THEN -2 ELSE 1 END "
            "WHERE position IN (1, 2); UPDATE seals SET position = 2 WHERE position = -2",
            "CHANGED",
            "position 1",
        ),
        (f"DELETE FROM seals WHERE position = {end}", "TRUNCATED", f"position {end - 1}"),
        (empty.format("seals"), "TRUNCATED", "position 0"),
    ]


def test_whatever_is_done_to_what_was_sealed_is_named(deal, tmp_path):
    heads = tmp_path / "heads"
    assert verified(heads=heads)[0] == 0
    for statements, what, named in tamperings(deal):
        with as_owner():
            for statement in statements.split(";"):
                run(statement)
            code, output = verified(against=heads)
        assert code == 1, statements
        assert output.startswith(f"{what}: "), (statements, output)
        assert f"{named}" in output.splitlines()[0], (statements, output)
    assert verified(against=heads)[0] == 0


def test_a_chain_made_anew_is_seen_by_a_head_that_was_written_outside(deal, tmp_path):
    heads = tmp_path / "heads"
    verified(heads=heads)
    with as_owner():
        run("UPDATE opportunity_events SET reason = 'Forged'")
        run("DELETE FROM seals")
        seal()
        assert verified()[0] == 0
        code, output = verified(against=heads)
    assert code == 1
    assert "is not the one written outside" in output
    assert json.loads(heads.read_text())["position"] == Seal.objects.count()


def test_no_seal_is_given_to_a_row_with_a_time_before_the_last_sealing(deal):
    with as_owner():
        run(COPY.format(at=LONG_AGO, event=OpportunityEvent.objects.earliest("id").pk))
        assert seal() == 0
        assert verified()[1].startswith("INSERTED: Event ")


def test_rows_committed_late_are_sealed_whatever_their_ids(deal):
    first = OpportunityEvent.objects.earliest("id").pk
    with as_owner():
        late = COPY.format(at="CURRENT_TIMESTAMP", event=first)
        run(
            late.replace("(remote_id", "(id, remote_id").replace("SELECT ", f"SELECT {first} - 7, ")
        )
        assert "1 wait for their seal" in verified()[1]
        assert seal() == 1
        assert verified()[0] == 0


def test_a_file_without_heads_says_so(tmp_path):
    (tmp_path / "heads").write_text("hello")
    with pytest.raises(CommandError, match="has no readable heads"):
        verified(against=tmp_path / "heads")
