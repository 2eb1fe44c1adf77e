"""Serve one opportunity by the names Oracle has for it, from the mirror or fresh from Oracle."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.access.permissions import REFRESH, VIEW
from opportunities.access.roles import UserAccess, access_of
from opportunities.api.detail import OpportunityDetailSerializer
from opportunities.models import Opportunity
from sync.api.runs import SentenceField
from sync.engine.refresh import refresh_opportunity
from sync.oracle.errors import OracleError, OracleNotFound, RecordError
from sync.safety.lock_waits import RowLocked

KEY = OpenApiParameter("key", str, "path", description="OptyId, or OptyNumber (encoded).")
Failure = OracleError | RecordError | RowLocked


class NotInMirror(exceptions.NotFound):
    """Report that a record is neither stored nor to be had from Oracle."""


class OracleOutOfReach(exceptions.APIException):
    status_code = 503
    default_code = "oracle_out_of_reach"


class RecordNotUsable(exceptions.APIException):
    """Report a fault in the record itself: a bad gateway, not a missing page."""

    status_code = 502
    default_code = "record_not_usable"


@dataclass(frozen=True)
class Lookup:
    opportunity: Opportunity
    refreshed: bool = False
    changed_fields: list[str] = field(default_factory=list)
    stale_reason: str | None = None

    @property
    def stale(self) -> bool:
        return self.stale_reason is not None


def from_mirror(key: str, access: UserAccess) -> Lookup:
    """Look it up in the mirror.

    Raises: NotInMirror, also where it is there and not for this person to see.
    """
    rows = Opportunity.objects.visible_to(access).for_detail(access.user)
    opportunity = rows.named(key).first()
    if opportunity is None:
        hint = " A POST here asks Oracle for it now." if access.sees_everything else ""
        raise NotInMirror(f"The mirror has no opportunity {key}.{hint}")
    return Lookup(opportunity)


def from_oracle(key: str, access: UserAccess) -> Lookup:
    """Fetch it now, or else return the stored record and why it may be stale.

    Whoever does not see everything may ask for what they see only: else the answer, or how long
    it takes, would tell what is there.

    Raises: NotInMirror, RecordNotUsable, OracleOutOfReach where nothing is stored either.
    """
    if not access.sees_everything:
        key = from_mirror(key, access).opportunity.remote_id
    try:
        refreshed = refresh_opportunity(key)
    except (OracleError, RecordError, RowLocked) as error:
        return _stored_despite(error, key, access)
    stored = from_mirror(refreshed.opportunity.remote_id, access).opportunity
    return Lookup(stored, refreshed=True, changed_fields=refreshed.changed_fields)


def _stored_despite(error: Failure, key: str, access: UserAccess) -> Lookup:
    reason = str(error)
    if isinstance(error, RecordError):
        reason = f"Oracle's record cannot be imported: {error}. It is kept among the rejected ones."
    try:
        return Lookup(from_mirror(key, access).opportunity, stale_reason=reason)
    except NotInMirror:
        if isinstance(error, OracleNotFound):
            sentence = f"Neither the mirror nor Oracle has opportunity {key}."
            raise NotInMirror(sentence) from error
        kind = RecordNotUsable if isinstance(error, RecordError) else OracleOutOfReach
        raise kind(reason) from error


class FreshnessSerializer(serializers.Serializer[Lookup]):
    refreshed = serializers.BooleanField(help_text="Fetched from Oracle just now.")
    changed_fields = serializers.ListField(
        child=serializers.CharField(), help_text="What the refresh brought."
    )
    stale = serializers.BooleanField(help_text="A refresh was asked for, and failed.")
    stale_reason = SentenceField(allow_null=True)


class OracleOpportunitySerializer(FreshnessSerializer, OpportunityDetailSerializer):
    """A stored record, and beside its fields how fresh it is."""

    class Meta(OpportunityDetailSerializer.Meta):
        fields: tuple[str, ...] = (
            *OpportunityDetailSerializer.Meta.fields,
            *FreshnessSerializer().fields,
        )

    def to_representation(self, lookup: Lookup) -> dict[str, Any]:
        record = OpportunityDetailSerializer(lookup.opportunity, context=self.context).data
        return {**record, **FreshnessSerializer(lookup, context=self.context).data}


class OracleOpportunity(APIView):
    rights: ClassVar = {"GET": VIEW, "POST": REFRESH}

    @property
    def throttle_scope(self) -> str | None:
        """Throttle a POST only: asking Oracle is costly; the mirror is not."""
        return "sync" if self.request.method == "POST" else None

    @extend_schema(
        summary="One opportunity by its OptyId or OptyNumber",
        parameters=[KEY],
        responses=OracleOpportunitySerializer,
    )
    def get(self, request: Request, key: str) -> Response:
        return _response(from_mirror(key, access_of(request.user)), request)

    @extend_schema(
        summary="Fetch one opportunity from Oracle now",
        description=(
            "Where Oracle does not answer, refuses, or sends a record that cannot be imported, "
            "the stored record comes back marked stale. With RESTRICT_VISIBILITY, whoever does not "
            "see everything refreshes what they see."
        ),
        parameters=[KEY],
        request=None,
        responses={
            200: OracleOpportunitySerializer,
            502: OpenApiResponse(description="Not stored, and Oracle's record is not usable."),
            503: OpenApiResponse(description="Not stored, and Oracle is out of reach."),
        },
    )
    def post(self, request: Request, key: str) -> Response:
        return _response(from_oracle(key, access_of(request.user)), request)


def _response(lookup: Lookup, request: Request) -> Response:
    serializer = OracleOpportunitySerializer(lookup, context={"request": request})  # type: ignore[arg-type]
    return Response(serializer.data)
