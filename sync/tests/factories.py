from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from opportunities.tests.factories import OpportunityFactory
from sync.models import OpportunityChange, RejectedRecord, SyncLog, SyncStatus, SyncType


class SyncLogFactory(DjangoModelFactory):
    """A finished run that brought nothing; SyncLogFactory(is_running=True) is still at it."""

    class Meta:
        model = SyncLog

    class Params:
        is_running = factory.Trait(
            status=SyncStatus.RUNNING, completed_at=None, duration_seconds=None
        )

    sync_type = SyncType.INCREMENTAL
    status = SyncStatus.SUCCESS
    # Later ones begin later.
    started_at = factory.Sequence(
        lambda n: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=n)
    )
    completed_at = factory.LazyAttribute(lambda log: log.started_at + timedelta(seconds=30))
    duration_seconds = 30.0


class OpportunityChangeFactory(DjangoModelFactory):
    class Meta:
        model = OpportunityChange

    opportunity = factory.SubFactory(OpportunityFactory)
    sync_log = factory.SubFactory(SyncLogFactory)
    field = "stage"
    old = "Discovery"
    new = "Proposal"


class RejectedRecordFactory(DjangoModelFactory):
    class Meta:
        model = RejectedRecord

    sync_log = factory.SubFactory(SyncLogFactory)
    remote_id = factory.Sequence(lambda n: str(400_000_000_000_000 + n))
    fingerprint = factory.LazyAttribute(lambda record: record.remote_id or "no id")
    field = "Revenue"
    reason = "is not a number"
    payload = factory.LazyAttribute(lambda record: {"OptyId": record.remote_id, "Revenue": "much"})
