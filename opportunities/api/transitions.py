"""Serve an address for each action of the workflow, for one opportunity and for many."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from opportunities.access import permissions
from opportunities.api.detail import OpportunityDetailSerializer, detail_after_action, stale
from opportunities.api.serializers import RowResultSerializer
from opportunities.api.strict_bodies import StrictSerializer
from opportunities.api.transition_bodies import (
    actor_kwargs,
    body_of,
    bulk_body_of,
    camel,
    slug,
    transition_kwargs,
)
from opportunities.domain.errors import StaleVersion
from opportunities.domain.states import TRANSITIONS, Action, Transition
from opportunities.models import Opportunity
from opportunities.workflow.bulk import bulk_transition
from opportunities.workflow.transitions import apply_transition

BULK = (Action.ASSIGN, Action.REASSIGN, Action.HOLD, Action.RESUME, Action.QUICK_NO_BID)
REFUSALS = {
    403: OpenApiResponse(description="It is not for you; `detail` says for whom."),
    409: OpenApiResponse(
        description="Its state, a rule, or a later `lock_version` refuses; `guard` names which, "
        "and of a later version `current` holds how it is now."
    ),
    422: OpenApiResponse(description="Something is missing; `errors` lists all of it."),
}


class ActionView(generics.GenericAPIView[Opportunity]):
    rights: ClassVar = {"POST": permissions.WORK_ON}
    transition: ClassVar[Transition]
    filter_backends = ()

    def order(self, request: Request) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the valid body, and what apply_transition() takes of it and of the request."""
        order = self.get_serializer(data=request.data)
        order.is_valid(raise_exception=True)
        return order.validated_data, transition_kwargs(order.validated_data) | actor_kwargs(request)


class TransitionView(ActionView):
    # Asked for late: other apps add to the bodies once they are loaded.
    def get_serializer_class(self) -> type[StrictSerializer]:
        return body_of(self.transition)

    def post(self, request: Request, pk: int) -> Response:
        body, kwargs = self.order(request)
        version = body["lock_version"]
        try:
            apply_transition(pk, self.transition.action, expected_version=version, **kwargs)
        except StaleVersion as refusal:
            raise stale(refusal, request, pk) from refusal
        return Response(detail_after_action(request, pk))


class BulkView(ActionView):
    pagination_class = None

    def get_serializer_class(self) -> type[StrictSerializer]:
        return bulk_body_of(self.transition)

    def post(self, request: Request) -> Response:
        body, kwargs = self.order(request)
        # bulk_transition() names its channel itself.
        del kwargs["channel"]
        results = bulk_transition(map(int, body["ids"]), self.transition.action, **kwargs)
        return Response(RowResultSerializer(results, many=True).data)


def _view(transition: Transition) -> Any:
    return _described(
        TransitionView,
        transition,
        summary=transition.action.label,
        description=_in_words(transition),
        operation_id=f"opportunity_{transition.action.value.lower()}",
        responses={200: OpportunityDetailSerializer, **REFUSALS},
    )


def _bulk_view(transition: Transition) -> Any:
    return _described(
        BulkView,
        transition,
        summary=f"{transition.action.label}, many at once",
        description="Each one by itself: what cannot be done is answered with the reason why.",
        operation_id=f"opportunities_{transition.action.value.lower()}",
        responses={200: RowResultSerializer(many=True)},
    )


def _described(view: type[ActionView], transition: Transition, **description: Any) -> Any:
    """Make a view class of its own, because what describes it is kept on the class."""
    own: Any = type(
        f"{camel(transition.action)}{view.__name__}", (view,), {"transition": transition}
    )
    return extend_schema_view(post=extend_schema(**description))(own).as_view()


def _in_words(transition: Transition) -> str:
    sources = ", ".join(source.value for source in transition.sources)
    guards = "; ".join(guard.label for guard in transition.guards)
    whom = " or ".join(right.value for right in transition.rights)
    wanted = f" Wanted: {guards}." if guards else ""
    return f"From {sources}; for {whom}.{wanted} Effects: {transition.effects}."


urlpatterns = [
    *(
        path(
            f"opportunities/<int:pk>/actions/{slug(row.action)}",
            _view(row),
            name=f"opportunity-{slug(row.action)}",
        )
        for row in TRANSITIONS
        if not row.is_system
    ),
    *(
        path(
            f"opportunities/bulk/{slug(row.action)}",
            _bulk_view(row),
            name=f"opportunities-{slug(row.action)}",
        )
        for row in TRANSITIONS
        if row.action in BULK
    ),
]
