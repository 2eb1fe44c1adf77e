"""What the database itself refuses, whoever writes into it and by whatever way."""

import pytest
from django.db import IntegrityError

from sync.models import SyncStatus
from sync.tests.factories import RejectedRecordFactory, SyncLogFactory

pytestmark = pytest.mark.django_db


def test_a_second_running_row() -> None:
    SyncLogFactory(is_running=True)
    with pytest.raises(IntegrityError):
        SyncLogFactory(is_running=True)


@pytest.mark.parametrize(
    "count", ["total_fetched", "new_records", "updated_records", "unchanged_records"]
)
def test_a_run_that_ended_with_counts_that_do_not_add_up(count: str) -> None:
    with pytest.raises(IntegrityError):
        SyncLogFactory(status=SyncStatus.FAILED, **{count: 1})


def test_a_second_open_case_of_one_record() -> None:
    RejectedRecordFactory(fingerprint="1", resolved=True)
    RejectedRecordFactory(fingerprint="1")
    with pytest.raises(IntegrityError):
        RejectedRecordFactory(fingerprint="1")
