"""The database itself keeps what is on record, whoever asks for something else."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from assessments.drafts.versions import draft_of
from assessments.models import Assessment, ReviewReply, ReviewThread
from assessments.tests.factories import in_assessment, lead
from audit.recording import record
from audit.sealing import seal
from audit.tests.test_tampering import decided_deal
from audit.tests.triggers import run, triggers

pytestmark = pytest.mark.django_db
KEPT = {
    "audit_events": "kind = 'x'",
    "opportunity_events": "reason = 'x'",
    "seals": "digest = 'x'",
    "assessments": "score = 99",
    "assessment_answers": "comment = 'x'",
    "assessment_knockout_answers": "comment = 'x'",
    "assessment_review_threads": "text = 'x'",
    "assessment_review_replies": "text = 'x'",
    "assessment_decisions": "outcome = 'BID'",
    "assessment_conditions": "text = 'x'",
}


def is_refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            run(statement)
    except DatabaseError as refusal:
        return "never changed or deleted" in str(refusal)
    return False


@pytest.fixture
def on_record():
    deal = decided_deal()
    assessment = deal.assessments.get()
    criterion = assessment.answers.first().criterion
    said = {"text": "?", "author": lead(), "at": timezone.now()}
    thread = ReviewThread.objects.create(assessment=assessment, criterion=criterion, **said)
    ReviewReply.objects.create(thread=thread, **said)
    record("export.made")
    seal()
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")


def test_nothing_on_record_is_changed_deleted_or_emptied(on_record):
    for table, change in KEPT.items():
        assert is_refused(f"UPDATE {table} SET {change}"), table
        assert is_refused(f"DELETE FROM {table}"), table
        if connection.vendor == "postgresql":
            assert is_refused(f"TRUNCATE {table} CASCADE"), table
    keeping = {table for name, table, _ in triggers() if not name.startswith("feed_")}
    assert keeping == {*KEPT}


def test_what_has_to_move_still_moves_and_no_further(on_record):
    decided = Assessment.objects.get()
    draft = draft_of(in_assessment())
    assert not is_refused("UPDATE assessments SET status = 'SUPERSEDED'")
    assert not is_refused(f"UPDATE assessment_answers SET rating = 1 WHERE {of(draft)}")
    assert is_refused(f"UPDATE assessment_answers SET assessment_id = {decided.pk}")
    assert is_refused("UPDATE assessments SET submitted_at = NULL")
    assert not is_refused("UPDATE assessment_review_threads SET state = 'SETTLED'")
    assert is_refused("UPDATE assessment_conditions SET state = 'OPEN'")
    assert not is_refused(f"DELETE FROM assessment_answers WHERE {of(draft)}")


def of(assessment):
    return f"assessment_id = {assessment.pk} AND rating IS NOT NULL"
