"""Write opportunities, and what happens to them, as JSON."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from opportunities.access.roles import access_of
from opportunities.api.representation import (
    AmountField,
    ChoiceOrNullField,
    PersonSerializer,
    StoredSerializer,
    UtcDateTimeField,
)
from opportunities.domain.clocks import ClockState
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity, OpportunityEvent, RemovalReason
from opportunities.workflow.available import allowed_actions

CLOCK_WORDS = [state.name for state in ClockState]


class OpportunitySerializer(StoredSerializer[Opportunity]):
    extra = serializers.DictField(help_text="Further CRM attributes this company asks for.")
    assigned_sa = PersonSerializer(allow_null=True)
    status_before_close = ChoiceOrNullField(WorkflowStatus.choices)
    removal_reason = ChoiceOrNullField(RemovalReason.choices)
    may_assign = serializers.SerializerMethodField(help_text="You can give it to an SA now.")
    may_write_notes = serializers.SerializerMethodField(
        help_text="You can change its notes, bid due date and priority."
    )
    clock = serializers.SerializerMethodField(help_text="How its present state stands in time.")
    score = serializers.DecimalField(
        4, 1, allow_null=True, help_text="Of the newest scored version."
    )
    best_case = serializers.DecimalField(
        4, 1, allow_null=True, help_text="With every unknown at its best."
    )
    band = serializers.CharField(allow_null=True)
    recommendation = serializers.CharField(
        allow_null=True, help_text="Computed; of the newest scored version."
    )
    updated_at = UtcDateTimeField(help_text="Moved by every change of it.")
    last_look_at = UtcDateTimeField(allow_null=True, help_text="Your own.")
    is_changed_since = serializers.BooleanField(help_text="Changed since you last looked at it.")
    unseen_fields = serializers.SerializerMethodField(
        help_text="What the CRM changed since you last looked at it, the newest first."
    )

    class Meta:
        model = Opportunity
        fields: tuple[str, ...] = (
            *("id", "remote_id"),
            *Opportunity.CRM_FIELDS,
            *Opportunity.PEOPLE_FIELDS,
            *("bid_due_on", "priority", "decision", "decided_at", "is_unscored_decision"),
            *("crm_outcome", "needs_requalification", "is_reopened", "status_before_close"),
            *("status_entered_at", "due_at", "clock", "score", "best_case", "band"),
            *("recommendation", "updated_at", "last_look_at", "is_changed_since", "unseen_fields"),
            *("first_seen_at", "last_synced_at", "removed_in_crm_at", "removal_reason"),
            *("lock_version", "may_assign", "may_write_notes"),
        )

    @property
    def _access(self) -> Any:
        return access_of(self.context["request"].user)

    def get_may_assign(self, opportunity: Opportunity) -> bool:
        offers = allowed_actions(opportunity, self._access, (Action.ASSIGN, Action.REASSIGN))
        return any(offer.is_allowed for offer in offers)

    def get_may_write_notes(self, opportunity: Opportunity) -> bool:
        return bool(self._access.may_write_notes(opportunity))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_unseen_fields(self, opportunity: Any) -> list[str]:
        return list(dict.fromkeys(change.field for change in opportunity.unseen_changes))

    @extend_schema_field({"type": "string", "enum": CLOCK_WORDS})
    def get_clock(self, opportunity: Opportunity) -> str:
        return opportunity.clock_state(timezone.now()).name


class EventSerializer(StoredSerializer[OpportunityEvent]):
    actor = PersonSerializer(allow_null=True, help_text="Null for the sync.")
    on_behalf_of = PersonSerializer(allow_null=True)
    label = serializers.CharField(  # type: ignore[assignment]
        source="get_action_display"
    )
    changes = serializers.DictField(child=serializers.ListField(), help_text="field -> [old, new]")

    class Meta:
        model = OpportunityEvent
        fields = (
            *("id", "at", "actor", "on_behalf_of", "action", "label", "from_status"),
            *("to_status", "reason", "reason_code", "changes", "channel", "request_id"),
        )


class RowResultSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(source="opportunity_id")
    is_done = serializers.BooleanField()
    detail = serializers.CharField(
        source="sentence", help_text="Where it is now, or why it was skipped."
    )
    guard = serializers.CharField(help_text="The rule that refused, or blank.")


class TabSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()


class SumSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField(allow_null=True)
    value = AmountField(30, help_text="Of this currency alone; never added up across currencies.")
    count = serializers.IntegerField()


def most_first(sums: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sort by the number of rows, the most first; where no value is known it is 0."""
    in_order = sorted(sums, key=lambda each: -each["count"])
    return [{**each, "value": each["value"] or 0} for each in in_order]
