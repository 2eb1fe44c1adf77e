"""Validate the bodies of drafts, and what assessments read from the body of an action."""

from typing import Any

from rest_framework import serializers

from assessments.decisions.effects import REVIEW_COMMENTS
from assessments.decisions.guards import DRAFT_VERSION
from assessments.models import ConditionState, Confidence, ThreadState
from assessments.scoring.rules import BEST_RATING, AnswerKind, KnockoutReply, Recommendation
from opportunities.api.representation import AmountField
from opportunities.api.strict_bodies import (
    LockVersionField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from opportunities.api.transition_bodies import LONGEST_TEXT, extra_fields
from opportunities.domain.states import Action

MOST_COMPETITORS = 50


def _choice(choices: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices.choices, required=False, allow_blank=True)


def _text() -> TextField:
    return TextField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=LONGEST_TEXT
    )


class AnswerSentSerializer(StrictSerializer):
    kind = _choice(AnswerKind)
    rating = WholeNumberField(required=False, allow_null=True, min_value=0, max_value=BEST_RATING)
    comment = _text()


class ReplySentSerializer(StrictSerializer):
    reply = _choice(KnockoutReply)
    comment = _text()


class CompetitorSerializer(StrictSerializer):
    name = TextField(max_length=255)
    strength = TextField(required=False, allow_blank=True, max_length=LONGEST_TEXT)
    weakness = TextField(required=False, allow_blank=True, max_length=LONGEST_TEXT)


class RecordedSentSerializer(StrictSerializer):
    sa_recommendation = _choice(Recommendation)
    sa_reason = _text()
    confidence = _choice(Confidence)
    bid_effort_days = serializers.DecimalField(7, 1, required=False, allow_null=True, min_value=0)
    bid_cost = AmountField(16, required=False, allow_null=True, min_value=0)
    bid_cost_currency = TextField(required=False, allow_blank=True, max_length=15)
    customer_deadline_on = serializers.DateField(required=False, allow_null=True)
    competitors = serializers.ListField(
        child=CompetitorSerializer(), required=False, max_length=MOST_COMPETITORS
    )
    sales_owner_view = _text()
    open_risks = _text()
    lessons = _text()


class DraftSaveSerializer(StrictSerializer):
    lock_version = LockVersionField(
        help_text="Of the draft as you last read it; 0 where there was none."
    )
    answers = serializers.DictField(
        child=AnswerSentSerializer(), required=False, help_text="Code of the criterion -> answer."
    )
    knockouts = serializers.DictField(
        child=ReplySentSerializer(), required=False, help_text="Code of the check -> reply."
    )
    recorded = RecordedSentSerializer(required=False)


class SettleSerializer(StrictSerializer):
    state = serializers.ChoiceField([ConditionState.MET, ConditionState.WAIVED])
    reason = TextField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_TEXT,
        help_text="What shows that it is met; required to waive it.",
    )


class ThreadAnswerSerializer(StrictSerializer):
    state = serializers.ChoiceField(ThreadState.choices, required=False)
    text = TextField(
        required=False, allow_blank=True, max_length=LONGEST_TEXT, help_text="A reply."
    )


def _review_comments(**options: Any) -> serializers.Field[Any, Any, Any, Any]:
    described = "Code of the criterion -> what to look at again."
    return serializers.DictField(
        child=TextField(max_length=LONGEST_TEXT), help_text=described, **options
    )


def _draft_version(**options: Any) -> serializers.Field[Any, Any, Any, Any]:
    return LockVersionField(help_text="The draft's lock_version that you saw.", **options)


def read_with_actions() -> None:
    """Add to the actions' bodies what their effects and guards here want to know."""
    extra_fields[Action.SUBMIT][DRAFT_VERSION] = _draft_version
    extra_fields[Action.RETURN][REVIEW_COMMENTS] = _review_comments
