"""Changing what people own of an opportunity; all else moves by the sync or by actions."""

from typing import Any

from django.db import transaction
from rest_framework import serializers
from rest_framework.request import Request

from opportunities.api.said import said_by
from opportunities.api.strict_bodies import LockVersionField, StrictSerializer, TextField
from opportunities.api.transition_bodies import LONGEST_TEXT
from opportunities.models import Opportunity
from opportunities.roles import standing_of
from opportunities.services import opportunity_set_bid_due, opportunity_set_notes
from opportunities.transitions import check_version, locked


class PeopleFieldsSerializer(StrictSerializer):
    lock_version = LockVersionField()
    sa_notes = TextField(
        max_length=LONGEST_TEXT, required=False, allow_blank=True, trim_whitespace=False
    )
    bid_due_on = serializers.DateField(required=False, allow_null=True)


class CommentOrderSerializer(StrictSerializer):
    text = TextField(max_length=LONGEST_TEXT)


@transaction.atomic
def write_people_fields(request: Request, pk: int, sent: dict[str, Any]) -> None:
    """All of it or nothing. Raises: TransitionRefused."""
    row = locked(pk, standing_of(request.user))
    check_version(row, sent["lock_version"])
    _write(row, request, sent)


def _write(row: Opportunity, request: Request, sent: dict[str, Any]) -> None:
    said = said_by(request)
    if "sa_notes" in sent:
        opportunity_set_notes(opportunity=row.pk, notes=sent["sa_notes"], **said)
    if "bid_due_on" in sent:
        opportunity_set_bid_due(opportunity=row.pk, bid_due_on=sent["bid_due_on"], **said)
