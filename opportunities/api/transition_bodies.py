"""What has to be sent with each action: read off the workflow's table."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from rest_framework import serializers

from opportunities.api.strict_bodies import (
    IdField,
    LockVersionField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from opportunities.asking import LONGEST_CODE
from opportunities.workflow import Action, Ask, Transition

LONGEST_TEXT = 10_000
MOST_CONDITIONS = 50
MOST_ROWS = 500
LONGEST_FILTER = 2_000
NOT_SAID = ("lock_version", "ids", "filter", "expected_count")
FieldMaker = Callable[..., serializers.Field[Any, Any, Any, Any]]


class NamedConditionSerializer(StrictSerializer):
    text = TextField(max_length=LONGEST_TEXT)
    owner = IdField(help_text="Id of the person who sees to it.")
    due_on = serializers.DateField()


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


FIELDS: dict[Ask, FieldMaker] = {
    Ask.ASSIGNEE: _assignee,
    Ask.REASON: _text,
    Ask.REASON_CODE: _code,
    Ask.REVIEW_ON: serializers.DateField,
    Ask.CONDITIONS: _conditions,
}
more_fields: defaultdict[Action, dict[str, FieldMaker]] = defaultdict(dict)
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
    selected = {
        "ids": serializers.ListField(
            child=IdField(), min_length=1, max_length=MOST_ROWS, required=False
        ),
        "filter": TextField(
            required=False,
            allow_blank=True,
            max_length=LONGEST_FILTER,
            help_text="Instead of the ids: parameters of the list, as in tab=unassigned&geo=EMEA.",
        ),
        "expected_count": WholeNumberField(
            required=False,
            min_value=0,
            max_value=MOST_ROWS,
            help_text="With a filter: how many rows you saw; another number is answered with 409.",
        ),
    }
    return _serializer(
        f"Bulk{camel(transition.action)}Order", {**selected, **dict(_asked(transition))}
    )


def _asked(transition: Transition) -> Iterator[tuple[str, Any]]:
    for ask in transition.asks:
        yield ask.value, FIELDS[ask](required=True)
    for ask in transition.may_ask:
        yield ask.value, FIELDS[ask](required=False)
    for name, make in more_fields[transition.action].items():
        yield name, make(required=False)


def _serializer(name: str, fields: dict[str, Any]) -> type[StrictSerializer]:
    return type(name, (StrictSerializer,), fields)


def as_said(body: dict[str, Any]) -> dict[str, Any]:
    """The body in the words of move(): two reasons, and all else under params."""
    rest = {name: value for name, value in body.items() if name not in NOT_SAID}
    told: dict[str, Any] = {
        name: rest.pop(name) for name in ("reason", "reason_code") if name in rest
    }
    return {**told, "params": rest}
