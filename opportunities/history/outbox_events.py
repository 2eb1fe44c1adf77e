"""Name the events of opportunities for the outbox, by which people and programs are told."""

from collections.abc import Iterable

from opportunities.domain.states import Action
from opportunities.models.event import NonTransitionEvent, OpportunityEvent
from outbox import events as catalogue
from outbox.models import Event
from outbox.writing import record_all

OF_TRAIL = "opportunity_event:"
BODY = {
    "id": "Of the event in the audit trail.",
    "action": "As the audit trail calls it.",
    "from_status": "The state before.",
    "to_status": "The state after.",
    "reason": "Or what the comment says.",
    "reason_code": "Where the action has codes.",
    "on_behalf_of": "Id of the person for whom it was done, or null.",
    "changes": "field -> [old, new]; people are there by id.",
    "channel": "From where it came: SCREEN, BULK, API or SYNC.",
}
NAMES: dict[str, tuple[str, str]] = {
    Action.ASSIGN: ("opportunity.assigned", "The desk assigned it to an SA."),
    Action.CLAIM: ("opportunity.claimed", "An SA took it."),
    Action.REASSIGN: ("opportunity.reassigned", "The desk assigned it to another SA."),
    Action.UNASSIGN: ("opportunity.unassigned", "The desk took it from the SA."),
    Action.DECLINE: ("opportunity.declined", "The SA gave it back."),
    Action.START: ("assessment.started", "The SA saved a first answer."),
    Action.SUBMIT: ("assessment.submitted", "An assessment was submitted for review."),
    Action.WITHDRAW: ("assessment.withdrawn", "A submitted assessment was taken back."),
    Action.RETURN: ("assessment.returned", "The decider asked for another version."),
    Action.FIRST_APPROVAL: ("decision.first_approved", "The first of two approvals was given."),
    Action.APPROVE: ("decision.approved", "It was decided: bid."),
    Action.APPROVE_WITH_CONDITIONS: (
        "decision.approved_with_conditions",
        "It was decided: bid, if conditions are met.",
    ),
    Action.DECIDE_NO_BID: ("decision.no_bid", "It was decided: no bid."),
    Action.QUICK_NO_BID: ("decision.quick_no_bid", "It was decided without assessment: no bid."),
    Action.CONDITIONS_MET: ("decision.conditions_met", "Every condition is settled: bid."),
    Action.CONDITIONS_FAILED: ("decision.conditions_failed", "A condition failed: no bid."),
    Action.HOLD: ("opportunity.held", "It was put on hold."),
    Action.RESUME: ("opportunity.resumed", "It goes on after a hold."),
    Action.REQUALIFY: ("opportunity.requalified", "It is to be assessed again."),
    Action.ACCEPT_CRM_CHANGE: (
        "opportunity.crm_change_accepted",
        "What the CRM changed makes no difference to the decision.",
    ),
    Action.CLOSE_FROM_CRM: ("opportunity.closed", "The CRM closed it."),
    Action.REOPEN_FROM_CRM: ("opportunity.reopened", "The CRM reopened it."),
    NonTransitionEvent.COMMENT: ("comment.written", "Someone wrote a comment."),
    NonTransitionEvent.NOTES: ("opportunity.notes_changed", "Someone changed the notes."),
    NonTransitionEvent.BID_DUE: ("opportunity.bid_due_changed", "The bid is due on another day."),
    NonTransitionEvent.PRIORITY: ("opportunity.priority_changed", "It has another priority."),
    NonTransitionEvent.CONDITION: ("condition.settled", "A condition was met or waived."),
    NonTransitionEvent.ATTACH: ("attachment.added", "Someone added a file or link."),
    NonTransitionEvent.DETACH: ("attachment.removed", "Someone removed a file or link."),
    NonTransitionEvent.REVIEW: ("review.commented", "Someone wrote in a review thread."),
    NonTransitionEvent.CRM_CHANGE: (
        "opportunity.crm_changed",
        "The CRM changed what an assessment or decision relies on.",
    ),
    NonTransitionEvent.UNDO: ("opportunity.undone", "Someone took their last action back."),
}
LABELS = {**dict(Action.choices), **dict(NonTransitionEvent.choices)}


def register() -> None:
    catalogue.register(
        *(
            catalogue.EventKind(name, LABELS[action], about, BODY)
            for action, (name, about) in NAMES.items()
        )
    )


def source_of(event: OpportunityEvent) -> str:
    return f"{OF_TRAIL}{event.pk}"


def trail_key(source: str) -> int | None:
    """Return the key in the audit trail of what a source names; none where it is not from there."""
    return int(source.removeprefix(OF_TRAIL)) if source.startswith(OF_TRAIL) else None


def put_into_outbox(events: Iterable[OpportunityEvent]) -> None:
    """Record these in the outbox, in the transaction that wrote them."""
    record_all(_as_outbox_event(event) for event in events)


def _as_outbox_event(event: OpportunityEvent) -> Event:
    fields = ("id", "action", "from_status", "to_status", "reason", "reason_code")
    return Event(
        name=NAMES[event.action][0],
        at=event.at,
        deal=event.opportunity_id,
        actor_id=event.actor_id,
        source=source_of(event),
        body={
            **{name: getattr(event, name) for name in fields},
            "on_behalf_of": event.on_behalf_of_id,
            "changes": event.changes,
            "channel": event.channel,
        },
    )
