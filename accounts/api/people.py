"""The people an opportunity can be given to, and how much they have already."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_filters import rest_framework as filters
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import generics, serializers

from accounts.api import examples
from opportunities import conditions
from opportunities.api.search import SearchField
from opportunities.api.strict_filters import AnyOfChoices, AnyOfWords, StrictFilterSet, WordsField
from opportunities.models import Opportunity
from opportunities.presentation import person
from opportunities.querysets import people_named
from opportunities.roles import USER_ID, Role
from opportunities.sorting import order

User = get_user_model()


class NameFilter(filters.CharFilter):
    field_class = SearchField

    def filter(self, people: Any, text: str) -> Any:
        return people.filter(pk__in=people_named(text)) if text else people


class IdsField(WordsField):
    def valid_value(self, value: str) -> bool:
        return bool(USER_ID.fullmatch(value))


class IdsFilter(AnyOfWords):
    field_class = IdsField


class PeopleFilter(StrictFilterSet):
    id = extend_schema_field({"type": "string", "pattern": "^[0-9]{1,18}$"})(
        IdsFilter(
            field_name="pk",
            help_text="These people, also those who left: repeat it for several.",
            error_messages={"invalid_choice": "Write the id of a user."},
        )
    )
    search = NameFilter(help_text="Parts of first, last or user name; all must match.")
    role = AnyOfChoices(Role, field_name="groups__name")
    practice = AnyOfWords(field_name="practice_memberships__practice")

    class Meta:
        model = User
        fields = ()

    def filter_queryset(self, queryset: Any) -> Any:
        # By id, since one person can match a role and a practice in several rows.
        is_wanted = Q() if self.form.cleaned_data.get("id") else Q(is_active=True)
        found = super().filter_queryset(User.objects.filter(is_wanted)).order_by()
        return queryset.filter(pk__in=found.values("pk"))


class LoadSerializer(serializers.Serializer[Any]):
    open = serializers.IntegerField(source="open_work", help_text="From assignment to submission.")
    overdue = serializers.IntegerField(source="overdue_work")


class PersonLoadSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    username = serializers.CharField()
    name = serializers.SerializerMethodField()
    is_active = serializers.BooleanField(help_text="False of who left.")
    roles = serializers.SerializerMethodField()
    practices = serializers.SerializerMethodField()
    load = LoadSerializer(source="*")

    def get_name(self, user: Any) -> str:
        return person(user)

    def get_roles(self, user: Any) -> list[str]:
        return [group.name for group in user.groups.all()]

    def get_practices(self, user: Any) -> list[str]:
        return [each.practice for each in user.practice_memberships.all()]


@extend_schema_view(
    get=extend_schema(
        summary="Active people, with the work they have",
        description="`?role=SA` are those an opportunity can be assigned to; `?id=` finds also "
        "those who left.",
        examples=[OpenApiExample("An SA", examples.PERSON)],
    )
)
class People(generics.ListAPIView[Any]):
    queryset = User.objects.all()
    serializer_class = PersonLoadSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_class = PeopleFilter

    def get_queryset(self) -> QuerySet[Any]:
        people = User.objects.order_by(order("first_name"), order("last_name"), "id")
        return _with_load(people).prefetch_related("groups", "practice_memberships")


def _with_load(people: QuerySet[Any]) -> QuerySet[Any]:
    work = (
        Opportunity.objects.filter(conditions.IN_ASSESSMENT, assigned_sa=OuterRef("pk"))
        .order_by()
        .values("assigned_sa")
    )
    late = Count("pk", filter=conditions.overdue(timezone.now()))
    return people.annotate(
        open_work=Coalesce(Subquery(work.annotate(n=Count("pk")).values("n")), Value(0)),
        overdue_work=Coalesce(Subquery(work.annotate(n=late).values("n")), Value(0)),
    )
