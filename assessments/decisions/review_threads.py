"""Reply to the reviewer's comments, and settle them one by one."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from assessments.decisions.scorers import scorers_of
from assessments.models import ReviewReply, ReviewThread, ThreadState
from opportunities.access.roles import access_of
from opportunities.domain.errors import Forbidden, GuardFailed
from opportunities.domain.states import WorkflowStatus
from opportunities.history.audit_trail import write_event
from opportunities.models import Channel, NonTransitionEvent, Opportunity
from opportunities.workflow.transitions import locked

DISCUSSED_IN = (WorkflowStatus.IN_ASSESSMENT, WorkflowStatus.RETURNED, WorkflowStatus.IN_REVIEW)


def states_to_set(opportunity: Opportunity, by: User) -> tuple[ThreadState, ...]:
    """Return the states in which this person may put a thread; without any, they only read."""
    access = access_of(by)
    if opportunity.workflow_status not in DISCUSSED_IN or not access.may_write_notes(opportunity):
        return ()
    is_reviewer = access.runs_desk_for(opportunity) and not access.is_assigned(opportunity)
    if not is_reviewer or by.pk in scorers_of(opportunity):
        return (ThreadState.ADDRESSED,)
    return (ThreadState.SETTLED, ThreadState.OPEN)


def next_states(thread: ReviewThread, possible: Collection[ThreadState]) -> list[ThreadState]:
    """Return those of the states that are possible for somebody which this thread can be put in."""
    is_settled = thread.state == ThreadState.SETTLED
    left_out = {thread.state, ThreadState.ADDRESSED if is_settled else None}
    return [state for state in possible if state not in left_out]


@transaction.atomic
def thread_answer(
    *,
    thread: int,
    by: User,
    channel: Channel,
    state: ThreadState | None = None,
    text: str = "",
    request_id: str = "",
    at: datetime | None = None,
) -> ReviewThread:
    """Reply to a thread, change its state, or both; write one event.

    Raises: TransitionRefused.
    """
    found = ReviewThread.objects.select_related("assessment").filter(pk=thread).first()
    if found is None:
        raise GuardFailed("review_comment_exists", f"Review comment {thread} does not exist.")
    row = locked(found.assessment.opportunity_id, access_of(by))
    current = ReviewThread.objects.select_related("criterion").get(pk=thread)
    _check_answer(row, current, by, state, text)
    at, before, said = at or timezone.now(), current.get_state_display(), text.strip()
    if said:
        ReviewReply.objects.create(thread=current, text=said, author=by, at=at)
    if state:
        _set_state(current, state, by, at)
    after = current.get_state_display()
    write_event(
        row,
        NonTransitionEvent.REVIEW,
        actor=by,
        at=at,
        channel=channel,
        reason=f"{current.criterion.code}: {said or current.text}",
        changes={"review_comment": (before, after)} if before != after else {},
        request_id=request_id,
    )
    return current


def _check_answer(
    row: Opportunity, thread: ReviewThread, by: User, state: ThreadState | None, text: str
) -> None:
    if row.workflow_status not in DISCUSSED_IN:
        raise _refusal("This review is over, because the opportunity has moved on.")
    _check_right(states_to_set(row, by), state)
    if state == thread.state:
        raise _refusal(f"It is already {thread.get_state_display().lower()}.")
    if state and state not in next_states(thread, (state,)):
        raise _refusal("This comment is settled, so there is nothing left to address.")
    if not state and not text.strip():
        raise _refusal("Write a reply.")


def _check_right(possible: tuple[ThreadState, ...], state: ThreadState | None) -> None:
    if not possible:
        whom = "the assigned SA, an SA lead of the practice or a bid manager"
        raise Forbidden("right", f"Only {whom} can answer review comments.")
    if state == ThreadState.ADDRESSED and state not in possible:
        raise Forbidden(
            "right", "Only the SA can mark it as addressed. Settle or reopen it instead."
        )
    if state and state not in possible:
        raise Forbidden(
            "right", "You scored this, so another SA lead or a bid manager must settle it."
        )


def _set_state(thread: ReviewThread, state: ThreadState, by: User, at: datetime) -> None:
    is_settled = state == ThreadState.SETTLED
    thread.state = state
    thread.settled_by, thread.settled_at = (by, at) if is_settled else (None, None)
    thread.save(update_fields=ReviewThread.FREE_FIELDS)


def _refusal(sentence: str) -> GuardFailed:
    return GuardFailed("review_comment_open", sentence)
