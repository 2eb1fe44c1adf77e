"""Tell an open page, in one small answer, what moved since it last asked.

It is polled: a stream would hold one of few web processes for each open page. Where nothing
moved the answer is the same, so that its ETag makes it a 304.
"""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.sign_in.sessions import PAGE_OF
from bqs.api.pulse_state import pulse_state
from opportunities.access import permissions
from opportunities.access.roles import access_of, user_of
from opportunities.feed.reading import Moved, moved_since
from opportunities.models import Opportunity

MOST = 100


class PulseSerializer(serializers.Serializer[Any]):
    cursor = serializers.CharField(help_text="To ask with the next time, as `after`.")
    deals = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text=f"Ids of those that moved; null where they are more than {MOST}, or where "
        "nobody can tell: then anything may have.",
    )
    sync = serializers.CharField(help_text="Changes while a sync goes on, and as it ends.")
    bell = serializers.CharField(help_text="Changes with what the bell has to tell.")


class Pulse(APIView):
    rights: ClassVar = {"GET": permissions.VIEW}

    @extend_schema(
        summary="What moved since the last time, for pages that stay open",
        parameters=[OpenApiParameter("after", str, description="`cursor` of the last answer.")],
        responses=PulseSerializer,
    )
    def get(self, request: Request) -> Response:
        after, session = request.query_params.get("after"), request._request.session.session_key
        # Before what it is to say: what moves meanwhile makes another one.
        state = pulse_state(user_of(request).pk, session)
        moved = moved_since(after, MOST)
        told = {"cursor": moved.cursor, "deals": _seen(request, moved)}
        answer = Response(told | {"sync": state.of("sync"), "bell": state.of("bell")})
        if session and moved.is_quiet:
            answer["ETag"] = state.tag(after, request.headers.get(PAGE_OF))
        return answer


def _seen(request: Request, moved: Moved) -> list[str] | None:
    """Return the ids of those that this person may see."""
    if not moved.deals:
        return None if moved.deals is None else []
    rows = Opportunity.objects.visible_to(access_of(request.user))
    ids = rows.filter(remote_id__in=moved.deals).order_by("pk").values_list("pk", flat=True)
    return [str(pk) for pk in ids]
