"""What the history of syncs can be narrowed to."""

from opportunities.api.strict_filters import AnyOfChoices, StrictFilterSet
from sync.models import SyncLog, SyncStatus, SyncType, Trigger


class SyncLogFilter(StrictFilterSet):
    status = AnyOfChoices(SyncStatus)
    sync_type = AnyOfChoices(SyncType)
    trigger = AnyOfChoices(Trigger)

    class Meta:
        model = SyncLog
        fields = ()
