"""Answer with one opportunity in full: what may be done with it, and why not the rest."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from opportunities import extensions
from opportunities.access.roles import user_of
from opportunities.api.errors import Refused
from opportunities.api.representation import ChoiceOrNullField, PersonSerializer, UtcDateTimeField
from opportunities.api.serializers import OpportunitySerializer
from opportunities.api.transition_bodies import slug
from opportunities.domain.errors import StaleVersion
from opportunities.domain.states import Action, InputField, WorkflowStatus
from opportunities.models import Opportunity
from opportunities.workflow.available import allowed_actions

LATEST_CHANGES = 20


# Not a model serializer: the model belongs to sync, which stands above.
class ChangeSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    old = serializers.CharField(allow_null=True)
    new = serializers.CharField(allow_null=True)
    at = UtcDateTimeField()
    sync_id = serializers.CharField(
        source="sync_log_id", allow_null=True, help_text="Null where one record was refreshed."
    )


class RequalificationChangeSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    old = serializers.JSONField(allow_null=True)
    new = serializers.JSONField(allow_null=True)
    at = serializers.CharField()


class ActionOfferSerializer(serializers.Serializer[Any]):
    action = serializers.ChoiceField(Action.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    path = serializers.SerializerMethodField(help_text="Where to POST it, below the opportunity.")
    target = serializers.ChoiceField(
        WorkflowStatus.choices, help_text="The state it leads to, from the present one."
    )
    is_allowed = serializers.BooleanField()
    guard = serializers.CharField(help_text="The rule that refuses it, or blank.")
    refusal = serializers.CharField(help_text="The same as a sentence.")
    asks = serializers.ListField(
        source="required_inputs",
        child=serializers.ChoiceField(InputField.choices),
        help_text="What has to be sent with it.",
    )
    may_ask = serializers.ListField(
        source="optional_inputs", child=serializers.ChoiceField(InputField.choices)
    )

    def get_path(self, offer: Any) -> str:
        return f"actions/{slug(offer.action)}"


class OpportunityDetailSerializer(OpportunitySerializer):
    status_before_hold = ChoiceOrNullField(WorkflowStatus.choices)
    first_approved_by = PersonSerializer(allow_null=True)
    crm_url = serializers.SerializerMethodField(
        help_text="Its page in the CRM; null where ORACLE_UI_URL does not say."
    )
    requalification_changes = RequalificationChangeSerializer(many=True)
    allowed_actions = serializers.SerializerMethodField(
        help_text="Every action of this state, with the reason where it is not for you now."
    )
    may_comment = serializers.SerializerMethodField()
    is_watched = serializers.BooleanField(help_text="By you.")
    latest_changes = serializers.SerializerMethodField(
        help_text=f"By the CRM, newest first, {LATEST_CHANGES} at most."
    )

    class Meta(OpportunitySerializer.Meta):
        fields: tuple[str, ...] = (
            *OpportunitySerializer.Meta.fields,
            *("crm_url", "status_before_hold", "hold_review_on", "first_approved_by"),
            *("assigned_at", "first_assessment_at", "submitted_at", "requalification_changes"),
            *("allowed_actions", "may_comment", "is_watched", "latest_changes"),
        )

    def get_crm_url(self, opportunity: Opportunity) -> str | None:
        address: str | None = extensions.crm_address.ask(opportunity)
        return address

    @extend_schema_field(ActionOfferSerializer(many=True))
    def get_allowed_actions(self, opportunity: Opportunity) -> Any:
        return ActionOfferSerializer(allowed_actions(opportunity, self._access), many=True).data

    def get_may_comment(self, opportunity: Opportunity) -> bool:
        return bool(self._access.may_comment(opportunity))

    @extend_schema_field(ChangeSerializer(many=True))
    def get_latest_changes(self, opportunity: Opportunity) -> Any:
        changes = extensions.latest_changes.ask(opportunity, LATEST_CHANGES) or []
        return ChangeSerializer(changes, many=True).data


def visible_opportunity(request: Request, pk: int) -> Opportunity:
    """Return an opportunity that this person may see. Raises: Http404."""
    return Opportunity.objects.visible_or_404(request.user, pk)


def detail_for(request: Request, pk: int) -> Any:
    """Return one that this person may see. Raises: Http404."""
    user = user_of(request)
    return _detail(request, Opportunity.objects.for_detail(user).visible_or_404(user, pk))


def detail_after_action(request: Request, pk: int) -> Any:
    """Return it to the person who acted: an SA may no longer see what they declined."""
    return _detail(request, Opportunity.objects.for_detail(user_of(request)).get(pk=pk))


def _detail(request: Request, opportunity: Opportunity) -> Any:
    return OpportunityDetailSerializer(opportunity, context={"request": request}).data


def stale(refusal: StaleVersion, request: Request, pk: int) -> Refused:
    """Return the refusal together with how the opportunity is now."""
    return Refused(refusal, current=detail_after_action(request, pk))
