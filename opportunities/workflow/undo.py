"""Take back one's own last action on an opportunity, while nobody else has acted since."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from opportunities import extensions
from opportunities.access.roles import access_of
from opportunities.domain.errors import Forbidden, GuardFailed
from opportunities.domain.policy import policy
from opportunities.domain.states import BY_ACTION, Action
from opportunities.history.audit_trail import audited_values, differences, write_event
from opportunities.history.outbox_events import source_of
from opportunities.models import (
    Assignment,
    Channel,
    NonTransitionEvent,
    Opportunity,
    OpportunityEvent,
)
from opportunities.workflow.state import restore
from opportunities.workflow.transitions import check_version, locked, refusal_of_right
from outbox.writing import withdraw

REVERSIBLE = frozenset(
    {
        *(Action.ASSIGN, Action.REASSIGN, Action.UNASSIGN, Action.CLAIM, Action.DECLINE),
        *(Action.HOLD, Action.RESUME, Action.QUICK_NO_BID),
    }
)
"""Actions that hand nothing on for others to work with: no version, no review, no condition."""


@transaction.atomic
def undo(
    opportunity: Opportunity | int,
    *,
    by: User,
    channel: Channel,
    expected_version: int | None = None,
    request_id: str = "",
) -> Opportunity:
    """Restore what the person's last action changed; write an event that names the action.

    Raises: TransitionRefused.
    """
    access = access_of(by)
    at = timezone.now()
    row = locked(opportunity, access, also=Q(Exists(_recent_actions(by, at))))
    check_version(row, expected_version)
    undone = _last_action(row, by, at)
    former, before = audited_values(row), row.workflow_status
    restore(row)
    # An SA who declined it has the right of the assignee again only now.
    transition = BY_ACTION[Action(undone.action)]
    if not access.holds_any(transition.rights, row):
        raise Forbidden("right", refusal_of_right(transition))
    row.save(update_fields=Opportunity.TRANSITION_FIELDS)
    _restore_assignment(undone)
    for take_back in extensions.undo_effects.all(transition.action):
        take_back(row, undone)
    withdraw(source_of(undone))
    write_event(
        row,
        NonTransitionEvent.UNDO,
        actor=by,
        at=at,
        channel=channel,
        from_status=before,
        reason=f"Undid: {transition.action.label}.",
        reason_code=undone.action,
        changes=differences(former, audited_values(row)),
        request_id=request_id,
    )
    return row


def _recent_actions(by: User, at: datetime) -> QuerySet[OpportunityEvent]:
    """Return the person's own ones: an SA no longer sees the deal that they declined."""
    since = at - timedelta(seconds=policy.UNDO_SECONDS)
    own = OpportunityEvent.objects.filter(actor=by, action__in=REVERSIBLE, at__gte=since)
    return own.filter(opportunity=OuterRef("remote_id"))


def _last_action(row: Opportunity, by: User, at: datetime) -> OpportunityEvent:
    """Return the action to undo. Raises: GuardFailed."""
    own_comments = {"actor": by, "action": NonTransitionEvent.COMMENT}
    events = OpportunityEvent.objects.filter(opportunity=row).exclude(**own_comments)
    last: OpportunityEvent | None = events.first()
    if last is None:
        raise GuardFailed("undo_possible", "There is nothing to undo.")
    if last.actor_id != by.pk:
        raise GuardFailed(
            "undo_own_action", "Someone else has acted since, so you can no longer undo this."
        )
    if last.action not in REVERSIBLE:
        raise GuardFailed("undo_possible", f"{last.get_action_display()} cannot be undone.")
    if at - last.at > timedelta(seconds=policy.UNDO_SECONDS):
        sentence = f"Too late: you can undo an action for {policy.UNDO_SECONDS} seconds."
        raise GuardFailed("undo_in_time", sentence)
    return last


def _restore_assignment(undone: OpportunityEvent) -> None:
    """Remove the assignment that the action began, and continue the one it ended."""
    assignments = Assignment.objects.filter(opportunity__remote_id=undone.opportunity_id)
    assignments.filter(started_at=undone.at).delete()
    assignments.filter(ended_at=undone.at).update(ended_at=None)
