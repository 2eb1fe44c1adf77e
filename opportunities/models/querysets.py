"""Read opportunities by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.http import Http404

from opportunities import extensions
from opportunities.access.permissions import VIEW
from opportunities.access.roles import access_of
from opportunities.access.sales_owner import sold_by
from opportunities.models import conditions
from opportunities.models.search_text import matching, searched_words

if TYPE_CHECKING:
    from opportunities.access.roles import UserAccess
    from opportunities.models import Opportunity


PERSON_NAMES = ("first_name", "last_name", "username")


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def visible_to(self, access: UserAccess) -> OpportunityQuerySet:
        """Keep what this person may see; the first step of every read for somebody.

        By permission everything, or with RESTRICT_VISIBILITY their own and their practices'.
        """
        if not access.user.has_perm(VIEW):
            return self.filter(conditions.NONE)
        if access.sees_everything:
            return self.all()
        # In order: people of the same practices ask the same.
        own = Q(assigned_sa__in=sorted(access.queues))
        own |= Q(practice__in=sorted(access.practices | access.practices_run))
        return self.filter(own | sold_by(access.crm_owner_name))

    def visible_or_404(self, user: Any, pk: int) -> Opportunity:
        """Return it. Raises: Http404, alike for a missing and an invisible one."""
        found = self.visible_to(access_of(user)).filter(pk=pk).first()
        if found is None:
            raise Http404(f"There is no opportunity {pk}.")
        return found

    def search(self, text: str) -> OpportunityQuerySet:
        """Keep those with every word somewhere in number, id, name, customer, owner or SA."""
        found = self
        people = _names()
        for word in dict.fromkeys(searched_words(text)):
            # The few people first: by their ids PostgreSQL can use an index for each part of
            # the OR, which it cannot across a join.
            is_of_sa = Q(assigned_sa__in=people_named(word, people))
            found = found.filter(Q(search_text__contains=word) | is_of_sa)
        return found

    def open(self) -> OpportunityQuerySet:
        """Keep those that sales still works on."""
        return self.filter(~conditions.CLOSED).present()

    def present(self) -> OpportunityQuerySet:
        """Keep those that the CRM still shows."""
        return self.filter(conditions.PRESENT)

    def my_queue(self, user: User) -> OpportunityQuerySet:
        return self.filter(conditions.my_queue(user.pk))

    def in_assessment(self) -> OpportunityQuerySet:
        """Keep those with an SA, from the assignment to the submission."""
        return self.filter(conditions.IN_ASSESSMENT)

    def with_last_look(self, user: User) -> OpportunityQuerySet:
        """Annotate `last_look_at`, and `is_changed_since` of it: by the CRM or by others."""
        # By name: the models are made with this queryset.
        looks = apps.get_model("opportunities", "LastLook")._default_manager
        trail = apps.get_model("opportunities", "OpportunityEvent")._default_manager
        look = looks.filter(opportunity=OuterRef("pk"), user=user)
        events = trail.filter(opportunity=OuterRef("remote_id"), at__gt=OuterRef("last_look_at"))
        by_others = Exists(events.filter(~Q(actor=user) | Q(actor=None)))
        return self.annotate(last_look_at=Subquery(look.values("at")[:1])).annotate(
            is_changed_since=models.Case(
                models.When(Q(last_synced_at__gt=F("last_look_at")) | by_others, then=True),
                default=False,
                output_field=models.BooleanField(),
            )
        )

    def with_updated_at(self) -> OpportunityQuerySet:
        """Annotate `updated_at`: when anything of the row changed, by the change feed."""
        positions = apps.get_model("opportunities", "FeedPosition")._default_manager
        own = positions.filter(kind="opportunity", object_id=OuterRef("pk"))
        return self.annotate(updated_at=Subquery(own.values("changed_at")))

    def with_unseen_changes(self, user: User) -> OpportunityQuerySet:
        """Prefetch `unseen_changes`, what the CRM changed since this user looked, in one query."""
        return self.prefetch_related(*(make(user) for make in extensions.unseen_changes.all()))

    def changed_since_last_look(self, user: User) -> OpportunityQuerySet:
        """Keep those that have changed since this person viewed them."""
        viewed = self.filter(last_looks__user=user)
        return viewed.with_last_look(user).filter(Q(is_changed_since=True))

    def for_list(self) -> OpportunityQuerySet:
        """Join what a list of rows needs."""
        return self.select_related("assigned_sa")

    def for_api(self, user: User) -> OpportunityQuerySet:
        """Join what the API shows of each row to this person."""
        return self.for_list().with_updated_at().with_last_look(user)

    def for_detail(self, user: User) -> OpportunityQuerySet:
        """Join what the API shows of one alone, `is_watched` by this person among it."""
        rows = self.for_api(user).with_unseen_changes(user).select_related("first_approved_by")
        return rows.annotate(is_watched=conditions.watched(user))

    def scored(self) -> OpportunityQuerySet:
        return self.filter(score__isnull=False)

    def with_rating_of(self, codes: list[str]) -> OpportunityQuerySet:
        """Keep those whose newest scored version rates one of these criteria."""
        # No `or`, which would read the ids.
        ids = extensions.rated.ask(codes)
        return self.filter(pk__in=() if ids is None else ids)

    def named(self, key: str) -> OpportunityQuerySet:
        """Keep those with this CRM id or number, ids first."""
        return self.filter(Q(remote_id=key) | Q(opty_number=key)).order_by(
            models.Case(models.When(remote_id=key, then=0), default=1), "-id"
        )


def people_named(text: str, people: Iterable[dict[str, Any]] | None = None) -> list[int]:
    """Return the ids of those who have every word in one of their names.

    Args:
        people: ids and names, for callers that look for several texts.
    """
    found = matching(_names() if people is None else people, text, _names_in)
    return [row["pk"] for row in found]


def _names() -> Any:
    """Return a queryset that is read once, however many words are looked for."""
    return User.objects.values("pk", *PERSON_NAMES)


def _names_in(row: dict[str, Any]) -> list[str]:
    return [row[name] for name in PERSON_NAMES]
