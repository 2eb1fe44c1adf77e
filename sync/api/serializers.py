"""Runs of the sync, and how fresh a record is, in JSON."""

from typing import Any

from rest_framework import serializers

from opportunities.api.detail import OpportunityDetailSerializer
from opportunities.api.representation import PersonSerializer, StoredSerializer, UtcDateTimeField
from opportunities.api.strict_bodies import StrictSerializer
from opportunities.operators import for_reader
from sync.api.lookup import Lookup
from sync.freshness import Freshness
from sync.lock import is_sync_running
from sync.models import SyncLog, SyncStatus, SyncType


class SentenceField(serializers.CharField):
    """It names settings and commands to administrators only."""

    def to_representation(self, value: Any) -> str:
        return for_reader(str(value), self.context.get("request"))


class SyncLogSerializer(StoredSerializer[SyncLog]):
    user = PersonSerializer(allow_null=True, read_only=True)
    is_interrupted = serializers.SerializerMethodField(
        help_text="It says RUNNING, but its process died; the next run will close it as FAILED."
    )

    class Meta:
        model = SyncLog
        fields: tuple[str, ...] = (
            "id",
            "sync_type",
            "status",
            "is_interrupted",
            "trigger",
            "user",
            "started_at",
            "completed_at",
            "duration_seconds",
            *SyncLog.RECORD_COUNTS,
            "removals_waiting",
            *SyncLog.TRAFFIC_COUNTS,
            "watermark",
            "error_message",
        )
        read_only_fields = fields

    error_message = SentenceField(read_only=True)

    def get_is_interrupted(self, log: SyncLog) -> bool:
        # At most one row says RUNNING, so this asks at most once a list.
        return log.status == SyncStatus.RUNNING and not is_sync_running()


class SyncLogDetailSerializer(SyncLogSerializer):
    unmapped_attributes = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="The tenant's own (_c) attributes that no setting names.",
    )
    rejected_count = serializers.IntegerField(
        read_only=True, help_text="Rejected records that this run saw last."
    )
    changed_count = serializers.IntegerField(
        read_only=True, help_text="Fields of opportunities that this run changed."
    )

    class Meta(SyncLogSerializer.Meta):
        fields: tuple[str, ...] = (
            *SyncLogSerializer.Meta.fields,
            "unmapped_attributes",
            "rejected_count",
            "changed_count",
        )
        read_only_fields = fields


class SyncOrderSerializer(StrictSerializer):
    sync_type = serializers.ChoiceField(
        SyncType.choices,
        required=False,
        allow_null=True,
        help_text="Left out: incremental, or full where the mirror is not known to be complete.",
    )


class CountsSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    open = serializers.IntegerField()
    closed = serializers.IntegerField(help_text="Closed in the CRM, and still there.")
    removed = serializers.IntegerField(help_text="No longer in the CRM, open or closed.")
    rejected_awaiting = serializers.IntegerField(
        help_text="Records that could not be taken in and that nobody has decided to ignore."
    )


class SyncStatusSerializer(serializers.Serializer[Any]):
    is_running = serializers.BooleanField(help_text="A living process is syncing now.")
    running = SyncLogSerializer(allow_null=True)
    last_run = SyncLogSerializer(allow_null=True, help_text="The newest run that has ended.")
    last_success = SyncLogSerializer(allow_null=True)
    last_success_age_seconds = serializers.IntegerField(allow_null=True)
    complete_at = UtcDateTimeField(
        allow_null=True, help_text="When the mirror last had all that Oracle had."
    )
    freshness = serializers.ChoiceField(
        [word.value for word in Freshness], help_text="Of that, in a word; `none` before it."
    )
    counts = CountsSerializer()
    removals_waiting = serializers.IntegerField(
        help_text="Opportunities that the last full run did not find in Oracle: too many to be "
        "flagged as removed before a person has looked."
    )
    next_scheduled_at = UtcDateTimeField(allow_null=True)
    not_scheduled_because = SentenceField(allow_null=True)


class FreshnessSerializer(serializers.Serializer[Lookup]):
    refreshed = serializers.BooleanField(help_text="Fetched from Oracle just now.")
    changed_fields = serializers.ListField(
        child=serializers.CharField(), help_text="What the refresh brought."
    )
    stale = serializers.BooleanField(help_text="A refresh was asked for, and failed.")
    stale_reason = SentenceField(allow_null=True)


class OracleOpportunitySerializer(FreshnessSerializer, OpportunityDetailSerializer):
    """The stored record, and beside its fields how fresh it is."""

    class Meta(OpportunityDetailSerializer.Meta):
        fields: tuple[str, ...] = (
            *OpportunityDetailSerializer.Meta.fields,
            *FreshnessSerializer().fields,
        )
        read_only_fields = fields

    def to_representation(self, lookup: Lookup) -> dict[str, Any]:
        record = OpportunityDetailSerializer(lookup.opportunity, context=self.context).data
        return {**record, **FreshnessSerializer(lookup, context=self.context).data}
