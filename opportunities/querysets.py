"""Named reads of opportunities."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from opportunities import conditions
from opportunities.searching import matching, searched_words
from opportunities.visibility import in_sight_of
from opportunities.workflow import WorkflowStatus

if TYPE_CHECKING:
    from opportunities.models import Opportunity  # noqa: F401 - named in a text below
    from opportunities.roles import Standing


PERSON_NAMES = ("first_name", "last_name", "username")
SCORE_FIELDS = ("score", "best_case", "band", "recommendation")


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def visible_to(self, standing: Standing) -> OpportunityQuerySet:
        """Those this person may see; the first step of every read for somebody."""
        return self.filter(in_sight_of(standing))

    def search(self, text: str) -> OpportunityQuerySet:
        """Those that have every word somewhere in number, id, name, customer, owner or SA."""
        found = self
        for word in searched_words(text):
            # The few people first: by their ids PostgreSQL can use an index for each part of
            # the OR, which it cannot across a join.
            is_of_sa = Q(assigned_sa__in=people_named(word))
            found = found.filter(Q(search_text__contains=word) | is_of_sa)
        return found

    def open(self) -> OpportunityQuerySet:
        """Those that sales still works on."""
        return self.filter(~conditions.CLOSED).present()

    def present(self) -> OpportunityQuerySet:
        """Those that the CRM still shows."""
        return self.filter(conditions.PRESENT)

    def my_queue(self, user: User) -> OpportunityQuerySet:
        return self.filter(conditions.my_queue(user.pk))

    def unassigned(self) -> OpportunityQuerySet:
        return self.filter(conditions.UNASSIGNED)

    def in_assessment(self) -> OpportunityQuerySet:
        """With an SA, from the assignment to the submission."""
        return self.filter(conditions.IN_ASSESSMENT)

    def in_review(self) -> OpportunityQuerySet:
        return self.filter(conditions.IN_REVIEW)

    def decided(self) -> OpportunityQuerySet:
        return self.filter(conditions.IS_DECIDED)

    def on_hold(self) -> OpportunityQuerySet:
        return self.filter(conditions.ON_HOLD)

    def closed(self) -> OpportunityQuerySet:
        return self.filter(conditions.CLOSED)

    def overdue(self, now: datetime) -> OpportunityQuerySet:
        return self.filter(conditions.overdue(now))

    def due_soon(self, now: datetime) -> OpportunityQuerySet:
        return self.filter(conditions.due_soon(now))

    def needs_attention(self, now: datetime) -> OpportunityQuerySet:
        return self.filter(conditions.needs_attention(now))

    def orphans(self, now: datetime) -> OpportunityQuerySet:
        return self.filter(conditions.orphans(now))

    def with_place_in_work(self) -> OpportunityQuerySet:
        """Annotate `place_in_work`, by which states sort as the work goes, from 0 on."""
        places = [
            models.When(workflow_status=status, then=place)
            for place, status in enumerate(WorkflowStatus)
        ]
        return self.annotate(
            place_in_work=models.Case(*places, output_field=models.SmallIntegerField())
        )

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

    def with_unseen_changes(self, user: User) -> OpportunityQuerySet:
        """In one query more."""
        return self.prefetch_related(unseen_changes(user))

    def changed_since_last_look(self, user: User) -> OpportunityQuerySet:
        """Those this person has looked at, and that are not as they were then."""
        seen = self.filter(last_looks__user=user)
        return seen.with_last_look(user).filter(Q(is_changed_since=True))

    def for_list(self) -> OpportunityQuerySet:
        """What a list of rows needs, in one query."""
        return self.select_related("assigned_sa")

    def for_api(self, user: User) -> OpportunityQuerySet:
        """What the API shows of each row to this person, in one query."""
        return self.for_list().with_score().with_last_look(user)

    def with_score(self) -> OpportunityQuerySet:
        """Annotate `score`, `best_case`, `band` and `recommendation` of the newest scored version.

        By lookups alone: the assessments stand above this app and are not imported here.
        """
        return self.annotate(**{name: self._of_newest_score(name) for name in SCORE_FIELDS})

    def scored(self) -> OpportunityQuerySet:
        """Those with a version that has a score."""
        scored = self.model._default_manager.filter(assessments__score__isnull=False)
        return self.filter(pk__in=scored.order_by().values("pk"))

    def rankable(self) -> OpportunityQuerySet:
        """Sortable by `score_rank`, where what has no score ranks lowest on every database."""
        score = self._of_newest_score("score")
        return self.alias(score_rank=Coalesce(score, models.Value(Decimal(-1))))

    def _of_newest_score(self, name: str) -> Subquery:
        scored = self.model._default_manager.filter(
            pk=OuterRef("pk"), assessments__score__isnull=False
        ).order_by("-assessments__version_no")
        return Subquery(scored.values(f"assessments__{name}")[:1])

    def with_deciding(self) -> OpportunityQuerySet:
        """Annotate band, score, reason code and override of the decision that counts.

        All are None where nothing was decided, band and score also where nothing was scored.
        By lookups alone: see with_score().
        """
        decided = self.model._default_manager.filter(
            pk=OuterRef("pk"), decisions__isnull=False
        ).order_by("-decisions__id")
        return self.annotate(
            deciding_band=Subquery(decided.values("decisions__assessment__band")[:1]),
            deciding_score=Subquery(decided.values("decisions__assessment__score")[:1]),
            deciding_reason_code=Subquery(decided.values("decisions__reason_code")[:1]),
            is_deciding_override=Subquery(decided.values("decisions__is_override")[:1]),
        )

    def rated(self, **more: Any) -> OpportunityQuerySet:
        """One row for each rating of the newest scored version; `more` looks into these ratings."""
        return self.annotate(scored_id=self._of_newest_score("id")).filter(
            assessments__id=F("scored_id"), assessments__answers__kind="RATING", **more
        )

    def with_rating_of(self, codes: list[str]) -> OpportunityQuerySet:
        """Those whose newest scored version rates one of these criteria."""
        every = self.model._default_manager.all()
        rated = every.rated(assessments__answers__criterion__code__in=codes)
        return self.filter(pk__in=rated.values("pk"))

    def named(self, key: str) -> OpportunityQuerySet:
        """The one with this CRM id or, failing that, this CRM number: ids come first."""
        return self.filter(Q(remote_id=key) | Q(opty_number=key)).order_by(
            models.Case(models.When(remote_id=key, then=0), default=1), "-id"
        )


def people_named(text: str) -> list[int]:
    """Return the ids of those who have every word in one of their names."""
    found = matching(User.objects.values("pk", *PERSON_NAMES), text, _names_in)
    return [row["pk"] for row in found]


def _names_in(row: dict[str, Any]) -> list[str]:
    return [row[name] for name in PERSON_NAMES]


def unseen_changes(user: User) -> Prefetch[Any]:
    """As `unseen_changes` of an opportunity: what the CRM changed since this person looked.

    By name: changes belong to the sync, which stands above this app.
    """
    changes = apps.get_model("sync", "OpportunityChange")._default_manager
    unseen = changes.filter(
        opportunity__last_looks__user=user, at__gt=F("opportunity__last_looks__at")
    )
    return Prefetch("changes", unseen, to_attr="unseen_changes")
