"""Views of the list that people keep: their own, and those shared with everybody."""

from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import QueryDict
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.exceptions import APIException, NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import SavedView
from opportunities.access import permissions
from opportunities.access.roles import access_of, user_of
from opportunities.api.filters import OpportunityFilter
from opportunities.api.representation import PersonSerializer, StoredSerializer
from opportunities.api.serializers import OpportunitySerializer
from opportunities.api.strict_bodies import LockVersionField, StrictSerializer, TextField
from opportunities.lists.extra_attributes import extra_columns
from opportunities.models import Opportunity

MOST_VIEWS = 100
NOT_YOURS = OpenApiResponse(description="The view belongs to someone else.")


class SavedViewSerializer(StoredSerializer[SavedView]):
    owner = PersonSerializer()
    is_mine = serializers.SerializerMethodField()
    columns = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = SavedView
        fields = (
            *("id", "name", "query", "columns", "is_shared", "is_default", "position"),
            *("owner", "is_mine", "lock_version"),
        )

    def get_is_mine(self, view: SavedView) -> bool:
        return bool(view.owner_id == self.context["request"].user.pk)


class ColumnField(serializers.ChoiceField):
    """A column of the list, or a CRM attribute that EXTRA_COLUMNS adds to it."""

    def to_internal_value(self, data: Any) -> Any:
        if data in [each.name for each in extra_columns()]:
            return data
        return super().to_internal_value(data)


class ViewChangeSerializer(StrictSerializer):
    lock_version = LockVersionField()
    name = TextField(max_length=100, required=False)
    query = TextField(max_length=2000, required=False, allow_blank=True)
    columns = serializers.ListField(
        child=ColumnField(OpportunitySerializer.Meta.fields),
        required=False,
        max_length=len(OpportunitySerializer.Meta.fields),
    )
    is_shared = serializers.BooleanField(required=False)
    is_default = serializers.BooleanField(required=False)
    position = serializers.IntegerField(required=False, min_value=0, max_value=10_000)

    def validate_query(self, query: str) -> str:
        """Refuse a query that the list would refuse."""
        asked = QueryDict(query.removeprefix("?"))
        user = self.context["request"].user
        rows = Opportunity.objects.visible_to(access_of(user)).for_api(user)
        # No row of the list is read for it.
        OpportunityFilter(asked, rows, request=self.context["request"]).narrowed()
        return query.removeprefix("?")


class NewViewSerializer(ViewChangeSerializer):
    lock_version = None  # type: ignore[assignment]
    name = TextField(max_length=100)


class NameTaken(APIException):
    status_code = 409
    default_code = "name_taken"
    default_detail = "You already have a view with this name. Choose another name."


class ChangedSince(APIException):
    status_code = 409
    default_code = "stale_version"
    default_detail = "Someone changed this view after you opened it. Reload it, then save again."

    def __init__(self, current: Any) -> None:
        super().__init__()
        self.members = {"current": current}


class VisibleViews(generics.GenericAPIView[SavedView]):
    queryset = SavedView.objects.select_related("owner")
    serializer_class = SavedViewSerializer

    def get_queryset(self) -> Any:
        is_visible = Q(owner=self.request.user.pk) | Q(is_shared=True)
        return super().get_queryset().filter(is_visible)

    def get_object(self) -> SavedView:
        view: SavedView | None = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if view is None:
            raise NotFound(f"There is no view {self.kwargs['pk']}.")
        return view

    def own(self) -> SavedView:
        view = self.get_object()
        if view.owner_id != self.request.user.pk:
            raise PermissionDenied("This view belongs to someone else. Save your own copy instead.")
        return view

    def validated(self, serializer: type[ViewChangeSerializer]) -> dict[str, Any]:
        body = serializer(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def shown(self, view: SavedView) -> Any:
        return self.get_serializer(view).data


@extend_schema_view(get=extend_schema(summary="Your views of the list, and the shared ones"))
class SavedViews(VisibleViews, generics.ListAPIView[SavedView]):
    rights: ClassVar = {"GET": permissions.VIEW, "POST": permissions.VIEW}

    @extend_schema(
        summary="Save a view of the list",
        request=NewViewSerializer,
        responses={
            201: SavedViewSerializer,
            409: OpenApiResponse(description="You already have a view with this name."),
        },
    )
    def post(self, request: Request) -> Response:
        sent, user = self.validated(NewViewSerializer), user_of(request)
        if user.saved_views.count() >= MOST_VIEWS:
            sentence = f"You have {MOST_VIEWS} views, the maximum. Remove one first."
            raise serializers.ValidationError({"name": [sentence]})
        view = SavedView(owner=user)
        save_view(view, sent)
        return Response(self.shown(view), status=201)


@extend_schema_view(get=extend_schema(summary="One view"))
class SavedViewDetail(VisibleViews, generics.RetrieveAPIView[SavedView]):
    rights: ClassVar = dict.fromkeys(("GET", "PATCH", "DELETE"), permissions.VIEW)

    @extend_schema(
        summary="Change a view of your own",
        request=ViewChangeSerializer,
        responses={
            200: SavedViewSerializer,
            403: NOT_YOURS,
            409: OpenApiResponse(
                description="Changed since, with `current` as it is now; or the name is taken."
            ),
        },
    )
    @transaction.atomic
    def patch(self, request: Request, pk: int) -> Response:
        view, sent = self.own(), self.validated(ViewChangeSerializer)
        if sent.pop("lock_version") != view.lock_version:
            raise ChangedSince(self.shown(view))
        save_view(view, sent)
        return Response(self.shown(view))

    @extend_schema(summary="Remove a view of your own", responses={204: None, 403: NOT_YOURS})
    def delete(self, request: Request, pk: int) -> Response:
        self.own().delete()
        return Response(status=204)


def save_view(view: SavedView, values: dict[str, Any]) -> None:
    """Store the view; a new default takes the place of the former. Raises: NameTaken."""
    for name, value in values.items():
        setattr(view, name, value)
    if view.pk:
        view.lock_version += 1
    try:
        with transaction.atomic():
            if view.is_default:
                own = SavedView.objects.filter(owner=view.owner_id, is_default=True)
                own.exclude(pk=view.pk).update(is_default=False)
            view.save()
    except IntegrityError:
        raise NameTaken from None
