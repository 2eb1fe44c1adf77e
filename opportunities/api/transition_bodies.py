"""Make the body of each action from the workflow's table, and of what people write."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from opportunities.api.strict_bodies import IdField, LockVersionField, StrictSerializer, TextField
from opportunities.domain.states import Action, InputField, Priority, Transition
from opportunities.models import Channel
from opportunities.workflow.bulk import MOST_ROWS
from opportunities.workflow.inputs import LONGEST_CODE

LONGEST_TEXT = 10_000
MOST_CONDITIONS = 50
MOST_MENTIONS = 20
FieldMaker = Callable[..., serializers.Field[Any, Any, Any, Any]]


class NamedConditionSerializer(StrictSerializer):
    text = TextField(max_length=LONGEST_TEXT)
    owner = IdField(help_text="Id of the person who sees to it.")
    due_on = serializers.DateField()


class PeopleFieldsSerializer(StrictSerializer):
    lock_version = LockVersionField()
    sa_notes = TextField(
        max_length=LONGEST_TEXT, required=False, allow_blank=True, trim_whitespace=False
    )
    bid_due_on = serializers.DateField(required=False, allow_null=True)
    priority = serializers.ChoiceField(Priority.choices, required=False)


class CommentOrderSerializer(StrictSerializer):
    text = TextField(max_length=LONGEST_TEXT)
    reply_to = IdField(required=False, help_text="Id of the comment it answers.")
    mentions = serializers.ListField(
        child=IdField(),
        required=False,
        max_length=MOST_MENTIONS,
        help_text="Ids of people who see the opportunity; they get a notice.",
    )


def _conditions(**options: Any) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.ListField(
        child=NamedConditionSerializer(), max_length=MOST_CONDITIONS, **options
    )


def _text(**options: Any) -> serializers.Field[Any, Any, Any, Any]:
    return TextField(max_length=LONGEST_TEXT, allow_blank=not options["required"], **options)


def _code(**options: Any) -> serializers.Field[Any, Any, Any, Any]:
    described = "One of the codes of /api/assessment-reasons."
    blank = not options["required"]
    return TextField(max_length=LONGEST_CODE, allow_blank=blank, help_text=described, **options)


def _assignee(**options: Any) -> serializers.Field[Any, Any, Any, Any]:
    return IdField(help_text="Id of an active SA.", **options)


FIELDS: dict[InputField, FieldMaker] = {
    InputField.ASSIGNEE: _assignee,
    InputField.REASON: _text,
    InputField.REASON_CODE: _code,
    InputField.REVIEW_ON: serializers.DateField,
    InputField.CONDITIONS: _conditions,
}
extra_fields: defaultdict[Action, dict[str, FieldMaker]] = defaultdict(dict)
"""What other apps read from the body of an action, by name; none of it is required."""


def slug(action: Action) -> str:
    return action.value.lower().replace("_", "-")


def camel(action: Action) -> str:
    return action.value.title().replace("_", "")


@cache
def body_of(transition: Transition) -> type[StrictSerializer]:
    version = {"lock_version": LockVersionField()}
    return _serializer(f"{camel(transition.action)}Order", {**version, **dict(_asked(transition))})


@cache
def bulk_body_of(transition: Transition) -> type[StrictSerializer]:
    ids = serializers.ListField(child=IdField(), min_length=1, max_length=MOST_ROWS)
    return _serializer(
        f"Bulk{camel(transition.action)}Order", {"ids": ids, **dict(_asked(transition))}
    )


def _asked(transition: Transition) -> Iterator[tuple[str, Any]]:
    for ask in transition.required_inputs:
        yield ask.value, FIELDS[ask](required=True)
    for ask in transition.optional_inputs:
        yield ask.value, FIELDS[ask](required=False)
    for name, make in extra_fields[transition.action].items():
        yield name, make(required=False)


def _serializer(name: str, fields: dict[str, Any]) -> type[StrictSerializer]:
    return type(name, (StrictSerializer,), fields)


def transition_kwargs(body: dict[str, Any]) -> dict[str, Any]:
    """Return the body as apply_transition() takes it: two reasons, all else under params."""
    rest = {name: value for name, value in body.items() if name not in ("lock_version", "ids")}
    told: dict[str, Any] = {
        name: rest.pop(name) for name in ("reason", "reason_code") if name in rest
    }
    return {**told, "params": rest}


def actor_kwargs(request: Request, channel: Channel = Channel.API) -> dict[str, Any]:
    """Name the user and the channel of a call, as services take them."""
    request_id = getattr(request, "request_id", "")
    return {"by": request.user, "channel": channel, "request_id": request_id}
