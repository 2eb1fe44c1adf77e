"""Count what each person has to assess, among what the reader may see."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from opportunities.access.roles import Role, UserAccess, people_with
from opportunities.lists.presentation import person
from opportunities.lists.sorting import sort_key
from opportunities.models import Opportunity, conditions


def with_load(people: QuerySet[Any], access: UserAccess) -> QuerySet[Any]:
    """Annotate `open_work`, from the assignment to the submission, and `overdue_work` of it."""
    seen = Opportunity.objects.visible_to(access).order_by().in_assessment()
    work = seen.filter(assigned_sa=OuterRef("pk")).values("assigned_sa")
    late = Count("pk", filter=conditions.overdue(timezone.now()))
    return people.annotate(
        open_work=Coalesce(Subquery(work.annotate(n=Count("pk")).values("n")), Value(0)),
        overdue_work=Coalesce(Subquery(work.annotate(n=late).values("n")), Value(0)),
    )


def sas_to_choose(access: UserAccess) -> list[tuple[str, str]]:
    """Return id and load in words of every active SA, the least work first."""
    sas = with_load(people_with(Role.SA), access)
    in_order = sorted(sas, key=lambda sa: (sa.open_work, sort_key(sa.username)))
    return [(str(sa.pk), _in_words(sa)) for sa in in_order]


def _in_words(sa: Any) -> str:
    late = f", {sa.overdue_work} overdue" if sa.overdue_work else ""
    return f"{person(sa)} – {sa.open_work} open{late}"
