"""Say which opportunities wait for a person's decision, or for a condition they own."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, OuterRef, Q, Subquery, Value, When

from assessments.decisions.conditions import with_open_condition
from assessments.models import Assessment, AssessmentStatus, Condition, ConditionState
from opportunities.access.roles import Role, UserAccess, access_of
from opportunities.domain.policy import policy
from opportunities.lists.for_you import Section
from opportunities.models import conditions


def waiting_for(user: User) -> Q:
    """Select reviews that this person may decide, or give an approval."""
    own = Q(assigned_sa=user.pk) | Q(first_approved_by=user.pk) | Q(pk__in=_scored_by(user))
    return conditions.IN_REVIEW & conditions.PRESENT & _desk_of(access_of(user)) & ~own


def _desk_of(access: UserAccess) -> Q:
    if access.has(Role.BID_MANAGER):
        return conditions.EVERY
    if not access.has(Role.LEAD):
        return conditions.NONE
    wants_first_approval = Q(first_approved_by=None) & ~conditions.within(
        policy.SECOND_APPROVAL_LIMITS
    )
    may_act = conditions.within(policy.LEAD_LIMITS) | wants_first_approval
    return Q(practice__in=access.practices_run) & may_act


def _scored_by(user: User) -> Any:
    is_theirs = Q(assessor=user) | Q(submitted_by=user) | Q(answers__author=user)
    submitted = Assessment.objects.filter(is_theirs, status=AssessmentStatus.SUBMITTED)
    return submitted.order_by().values("opportunity")


def _owned(user: User) -> Q:
    return Q(pk__in=with_open_condition(pk__in=access_of(user).queues))


def _next_condition(user: User) -> Subquery:
    theirs = Condition.objects.filter(
        decision__opportunity=OuterRef("pk"),
        owner__in=access_of(user).queues,
        state=ConditionState.OPEN,
    )
    return Subquery(theirs.order_by("-decision", "due_on", "pk").values("text")[:1])


def _approval(user: User) -> Case:
    return Case(
        When(first_approved_by=None, then=Value("")), default=Value("Needs a second approval")
    )


SECTIONS = (
    Section(
        10,
        "decide",
        "Waiting for your decision",
        "You have decided every review that you can.",
        waiting_for,
        frozenset({Role.LEAD, Role.BID_MANAGER}),
        _approval,
    ),
    Section(
        40,
        "conditions",
        "Conditions you own",
        "No bid is waiting for one of your conditions.",
        _owned,
        why=_next_condition,
    ),
)
