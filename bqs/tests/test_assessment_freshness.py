"""Here, because assessments and sync know nothing of one another."""

from datetime import UTC, datetime

import pytest

from assessments.drafts.versions import submitted_of
from assessments.tests.factories import in_review
from sync.models import SyncLog

pytestmark = pytest.mark.django_db


def test_a_version_says_how_old_the_mirror_was_when_it_was_scored():
    started_at = datetime(2026, 11, 24, 3, tzinfo=UTC)
    SyncLog.objects.create(
        sync_type="FULL", watermark=started_at, completed_at=started_at, status="SUCCESS"
    )
    assert submitted_of(in_review()).mirror_synced_at == started_at


def test_without_a_complete_sync_it_says_nothing_of_that():
    assert submitted_of(in_review()).mirror_synced_at is None
