"""Undo one's own last action, and tell before a bulk action which rows it would refuse."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.access import permissions
from opportunities.access.roles import user_of
from opportunities.api.detail import OpportunityDetailSerializer, detail_after_action, stale
from opportunities.api.serializers import RowResultSerializer
from opportunities.api.strict_bodies import IdField, LockVersionField, StrictSerializer
from opportunities.api.transition_bodies import actor_kwargs
from opportunities.api.transitions import BULK, REFUSALS
from opportunities.domain.errors import StaleVersion
from opportunities.domain.states import BY_ACTION, JUDGES_INPUT, Action
from opportunities.workflow.bulk import MOST_ROWS, bulk_check, bulk_undo
from opportunities.workflow.undo import undo

# They have no guard that would query row by row.
CHECKED = [each for each in BULK if JUDGES_INPUT.issuperset(BY_ACTION[each].guards)]


class UndoOrderSerializer(StrictSerializer):
    lock_version = LockVersionField()


class BulkUndoOrderSerializer(StrictSerializer):
    ids = serializers.ListField(child=IdField(), min_length=1, max_length=MOST_ROWS)


class BulkCheckOrderSerializer(BulkUndoOrderSerializer):
    actions = serializers.ListField(
        child=serializers.ChoiceField([(each.value, each.label) for each in CHECKED]),
        min_length=1,
        max_length=len(CHECKED),
        help_text="Any of them is enough: ASSIGN and REASSIGN for whatever can get an SA.",
    )


class UndoView(APIView):
    rights: ClassVar = {"POST": permissions.WORK_ON}

    @extend_schema(
        summary="Undo your last action on it",
        description="For UNDO_SECONDS, and only while nobody else has acted on it.",
        operation_id="opportunity_undo",
        request=UndoOrderSerializer,
        responses={200: OpportunityDetailSerializer, **REFUSALS},
    )
    def post(self, request: Request, pk: int) -> Response:
        body = UndoOrderSerializer.read(request)
        try:
            undo(pk, expected_version=body["lock_version"], **actor_kwargs(request))
        except StaleVersion as refusal:
            raise stale(refusal, request, pk) from refusal
        return Response(detail_after_action(request, pk))


class BulkUndoView(APIView):
    rights: ClassVar = {"POST": permissions.WORK_ON}

    @extend_schema(
        summary="Undo your last action, on many at once",
        description="Each one by itself: what cannot be undone is answered with the reason why.",
        operation_id="opportunities_undo",
        request=BulkUndoOrderSerializer,
        responses=RowResultSerializer(many=True),
    )
    def post(self, request: Request) -> Response:
        body, who = BulkUndoOrderSerializer.read(request), actor_kwargs(request)
        results = bulk_undo(map(int, body["ids"]), by=who["by"], request_id=who["request_id"])
        return Response(RowResultSerializer(results, many=True).data)


class BulkCheckView(APIView):
    rights: ClassVar = {"POST": permissions.WORK_ON}

    @extend_schema(
        summary="Which of many an action would refuse, and why",
        description="Changes nothing. What depends on the inputs of the action is not checked.",
        operation_id="opportunities_check",
        request=BulkCheckOrderSerializer,
        responses=RowResultSerializer(many=True),
    )
    def post(self, request: Request) -> Response:
        body = BulkCheckOrderSerializer.read(request)
        actions = [Action(each) for each in body["actions"]]
        results = bulk_check(map(int, body["ids"]), actions, by=user_of(request))
        return Response(RowResultSerializer(results, many=True).data)
