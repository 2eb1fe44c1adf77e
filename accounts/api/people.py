"""List the people an opportunity can be assigned to, with their workload."""

from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, serializers

from opportunities.access import permissions
from opportunities.access.roles import USER_ID, Role, access_of
from opportunities.access.who_sees import people_who_see
from opportunities.api.filter_fields import SearchField
from opportunities.api.strict_filters import AnyOfChoices, AnyOfWords, StrictFilterSet, WordsField
from opportunities.lists.load import with_load
from opportunities.lists.presentation import person
from opportunities.lists.sorting import order
from opportunities.models import Opportunity
from opportunities.models.querysets import people_named

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
            help_text="These people, including those who left; repeat it for several.",
            error_messages={"invalid_choice": "Write the id of a user."},
        )
    )
    search = NameFilter(help_text="Parts of first, last or user name; all must match.")
    role = AnyOfChoices(Role, field_name="groups__name")
    practice = AnyOfWords(field_name="practice_memberships__practice")
    sees = extend_schema_field({"type": "string", "pattern": "^[0-9]{1,18}$"})(
        filters.CharFilter(
            method="who_see",
            validators=[RegexValidator(r"^[0-9]{1,18}\Z", "Write the id of an opportunity.")],
            help_text="Id of an opportunity: who may see it, and so be mentioned on it.",
        )
    )

    def who_see(self, people: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        opportunity = Opportunity.objects.visible_or_404(self.request.user, int(value))
        return people.filter(pk__in=people_who_see(opportunity).values("pk"))

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
    is_active = serializers.BooleanField(help_text="False for people who left.")
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
        description="`?role=SA` lists people an opportunity can be assigned to; `?id=` also finds "
        "those who left.",
    )
)
class People(generics.ListAPIView[Any]):
    rights: ClassVar = {"GET": permissions.VIEW}
    queryset = User.objects.all()
    serializer_class = PersonLoadSerializer
    filterset_class = PeopleFilter

    def get_queryset(self) -> QuerySet[Any]:
        people = User.objects.order_by(order("first_name"), order("last_name"), "id")
        people = with_load(people, access_of(self.request.user))
        return people.prefetch_related("groups", "practice_memberships")
