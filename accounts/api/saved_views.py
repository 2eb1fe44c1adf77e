"""Views of the list that people keep: their own, and those shared with everybody."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import QueryDict
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import generics, serializers
from rest_framework.exceptions import APIException, NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import examples
from accounts.models import SavedView
from opportunities.api.filters import OpportunityFilter
from opportunities.api.representation import PersonSerializer, StoredSerializer
from opportunities.api.serializers import OpportunitySerializer
from opportunities.api.strict_bodies import LockVersionField, StrictSerializer, TextField
from opportunities.models import Opportunity
from opportunities.roles import standing_of

MOST_VIEWS = 100


class SavedViewSerializer(StoredSerializer[SavedView]):
    owner = PersonSerializer(read_only=True)
    is_mine = serializers.SerializerMethodField()
    columns = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = SavedView
        fields = (
            "id",
            "name",
            "query",
            "columns",
            "is_shared",
            "is_default",
            "position",
            "owner",
            "is_mine",
            "lock_version",
        )
        read_only_fields = fields

    def get_is_mine(self, view: SavedView) -> bool:
        return bool(view.owner_id == self.context["request"].user.pk)


class ViewChangeSerializer(StrictSerializer):
    lock_version = LockVersionField()
    name = TextField(max_length=100, required=False)
    query = TextField(max_length=2000, required=False, allow_blank=True)
    columns = serializers.ListField(
        child=serializers.ChoiceField(OpportunitySerializer.Meta.fields),
        required=False,
        max_length=len(OpportunitySerializer.Meta.fields),
    )
    is_shared = serializers.BooleanField(required=False)
    is_default = serializers.BooleanField(required=False)
    position = serializers.IntegerField(required=False, min_value=0, max_value=10_000)

    def validate_query(self, query: str) -> str:
        """A view that the list would refuse is refused when it is kept."""
        asked = QueryDict(query.removeprefix("?"))
        user = self.context["request"].user
        rows = Opportunity.objects.visible_to(standing_of(user)).for_api(user)
        # No row of the list is read for it.
        OpportunityFilter(asked, rows, request=self.context["request"]).narrowed()
        return query.removeprefix("?")


class NewViewSerializer(ViewChangeSerializer):
    lock_version = None  # type: ignore[assignment]
    name = TextField(max_length=100)


class NameTaken(APIException):
    status_code = 409
    default_code = "name_taken"
    default_detail = "You have a view of this name already: choose another."


class SavedViews(generics.ListAPIView[SavedView]):
    queryset = SavedView.objects.all()
    serializer_class = SavedViewSerializer

    def get_queryset(self) -> Any:
        return _in_sight(self.request)

    @extend_schema(
        summary="Your views of the list, and the shared ones",
        examples=[OpenApiExample("A view", examples.VIEW)],
    )
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Keep a view of the list",
        request=NewViewSerializer,
        responses={
            201: SavedViewSerializer,
            409: OpenApiResponse(description="You have a view of this name already."),
        },
        examples=[
            OpenApiExample(
                "A view", {"name": "Mine", "query": "assigned_sa=me"}, request_only=True
            ),
            OpenApiExample("As kept", examples.VIEW, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        order = NewViewSerializer(data=request.data, context={"request": request})
        order.is_valid(raise_exception=True)
        user: Any = request.user
        if user.saved_views.count() >= MOST_VIEWS:
            sentence = f"You have {MOST_VIEWS} views: remove one that is no longer used."
            raise serializers.ValidationError({"name": [sentence]})
        view = SavedView(owner=user)
        _keep(view, order.validated_data)
        return Response(_shown(view, request), status=201)


@extend_schema_view(
    get=extend_schema(
        summary="One view",
        responses=SavedViewSerializer,
        examples=[OpenApiExample("A view", examples.VIEW)],
    ),
    patch=extend_schema(
        summary="Change a view of your own",
        request=ViewChangeSerializer,
        responses={
            200: SavedViewSerializer,
            403: OpenApiResponse(description="It is somebody else's."),
            409: OpenApiResponse(
                description="Changed since, with `current` as it is now; or the name is taken."
            ),
        },
        examples=[
            OpenApiExample("Share it", {"lock_version": 1, "is_shared": True}, request_only=True),
            OpenApiExample("As kept", examples.VIEW, response_only=True),
        ],
    ),
    delete=extend_schema(
        summary="Remove a view of your own",
        responses={204: None, 403: OpenApiResponse(description="It is somebody else's.")},
    ),
)
class SavedViewDetail(APIView):
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(_found(request, pk), request))

    @transaction.atomic
    def patch(self, request: Request, pk: int) -> Response:
        view = _own(request, pk)
        order = ViewChangeSerializer(data=request.data, context={"request": request})
        order.is_valid(raise_exception=True)
        sent = dict(order.validated_data)
        if sent.pop("lock_version") != view.lock_version:
            raise ChangedSince(_shown(view, request))
        _keep(view, sent)
        return Response(_shown(view, request))

    def delete(self, request: Request, pk: int) -> Response:
        _own(request, pk).delete()
        return Response(status=204)


class ChangedSince(APIException):
    status_code = 409
    default_code = "stale_version"
    default_detail = "The view was changed since you read it. Look at it, and save again."

    def __init__(self, current: Any) -> None:
        super().__init__()
        self.members = {"current": current}


def _in_sight(request: Request) -> Any:
    mine = Q(owner=request.user.pk) | Q(is_shared=True)
    return SavedView.objects.filter(mine).select_related("owner")


def _found(request: Request, pk: int) -> SavedView:
    view: SavedView | None = _in_sight(request).filter(pk=pk).first()
    if view is None:
        raise NotFound(f"There is no view {pk}.")
    return view


def _own(request: Request, pk: int) -> SavedView:
    view = _found(request, pk)
    if view.owner_id != request.user.pk:
        raise PermissionDenied("It is somebody else's: save a view of your own instead.")
    return view


def _keep(view: SavedView, sent: dict[str, Any]) -> None:
    for name, value in sent.items():
        setattr(view, name, value)
    if view.pk:
        view.lock_version += 1
    try:
        with transaction.atomic():
            if view.is_default:
                SavedView.objects.filter(owner=view.owner_id, is_default=True).exclude(
                    pk=view.pk
                ).update(is_default=False)
            view.save()
    except IntegrityError:
        raise NameTaken from None


def _shown(view: SavedView, request: Request) -> Any:
    return SavedViewSerializer(view, context={"request": request}).data
