"""The qualification's state machine: one table, from which all else is derived. Pure.

The rules themselves (guards, effects, rights) are found by the names used here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import TextChoices


class WorkflowStatus(TextChoices):
    NEW = "NEW", "New"
    ASSIGNED = "ASSIGNED", "Assigned"
    IN_ASSESSMENT = "IN_ASSESSMENT", "In assessment"
    IN_REVIEW = "IN_REVIEW", "In review"
    RETURNED = "RETURNED", "Returned"
    CONDITIONAL = "CONDITIONAL", "Conditional"
    APPROVED = "APPROVED", "Bid"
    NO_BID = "NO_BID", "No bid"
    ON_HOLD = "ON_HOLD", "On hold"
    CLOSED_IN_CRM = "CLOSED_IN_CRM", "Closed in CRM"


class BidDecision(TextChoices):
    NONE = "NONE", "None yet"
    BID = "BID", "Bid"
    CONDITIONAL = "CONDITIONAL", "Conditional"
    NO_BID = "NO_BID", "No bid"


class Action(TextChoices):
    ASSIGN = "ASSIGN", "Assign"
    CLAIM = "CLAIM", "Claim"
    REASSIGN = "REASSIGN", "Reassign"
    UNASSIGN = "UNASSIGN", "Unassign"
    DECLINE = "DECLINE", "Decline"
    START = "START", "Start assessment"
    SUBMIT = "SUBMIT", "Submit"
    WITHDRAW = "WITHDRAW", "Withdraw"
    RETURN = "RETURN", "Return"
    FIRST_APPROVAL = "FIRST_APPROVAL", "Give first approval"
    APPROVE = "APPROVE", "Approve"
    APPROVE_WITH_CONDITIONS = "APPROVE_WITH_CONDITIONS", "Approve with conditions"
    DECIDE_NO_BID = "DECIDE_NO_BID", "No bid"
    QUICK_NO_BID = "QUICK_NO_BID", "Quick no bid"
    CONDITIONS_MET = "CONDITIONS_MET", "Conditions met"
    CONDITIONS_FAILED = "CONDITIONS_FAILED", "Conditions failed"
    HOLD = "HOLD", "Put on hold"
    RESUME = "RESUME", "Resume"
    REQUALIFY = "REQUALIFY", "Re-qualify"
    ACCEPT_CRM_CHANGE = "ACCEPT_CRM_CHANGE", "Accept the CRM's change"
    CLOSE_FROM_CRM = "CLOSE_FROM_CRM", "Closed in CRM"
    REOPEN_FROM_CRM = "REOPEN_FROM_CRM", "Reopened in CRM"


class Right(Enum):
    """Who may do it; the value finishes the sentence "This is for ..."."""

    LEAD = "an SA lead of the practice"
    BID_MANAGER = "a bid manager"
    SOLUTION_ARCHITECT = "an SA"
    ASSIGNEE = "the assigned SA"
    SUBMITTER = "the SA who submitted it"
    SYSTEM = "the sync alone"


class Target(Enum):
    """Where a transition leads when that depends on the opportunity."""

    SAME = "the same"
    BEFORE_HOLD = "as before the hold"
    BEFORE_CLOSE = "as before the close"
    WORK = "In assessment; New if it was decided unscored and nobody has it"


class Ask(TextChoices):
    """What the person has to say with an action."""

    ASSIGNEE = "assignee", "SA"
    REASON = "reason", "Reason"
    REASON_CODE = "reason_code", "Reason code"
    REVIEW_ON = "review_on", "Review on"
    CONDITIONS = "conditions", "Conditions"


class Guard(TextChoices):
    """The conditions of a transition beside state and right, by name."""

    CLAIM_ALLOWED = "claiming is switched on", "claiming is switched on"
    SAME_PRACTICE = "same practice", "the SA belongs to the practice"
    CLAIM_LIMIT = "below the claim limit", "the value is below the claim limit"
    REASON_FOR_DRAFT = "reason if a draft exists", "a reason is given if a draft exists"
    TEMPLATE = "active template exists", "an active assessment template exists"
    COMPLETE = "answers complete", "every answer, comment and recommendation is there"
    NOT_OWN_SCORING = "decider did not score it", "the decider did not score it"
    DECISION_LIMIT = "within the decision limit", "a lead's value limit is kept"
    SECOND_NEEDED = "second approval needed", "the value asks for two approvals"
    SECOND_APPROVAL = "second approval given", "above the value limit another person approved first"
    OVERRIDE_REASON = "override has its reason", "an override has its reason"
    CONDITIONS_NAMED = "conditions are named", "at least one condition with owner and due date"
    CRM_CHANGED = "the CRM changed it", "the CRM changed what it stands on"
    APPROVALS_SUFFICE = "approvals still suffice", "a bid asks for no further approval by now"
    CONDITIONS_SETTLED = "every condition met or waived", "every condition is met or waived"


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    action: Action
    sources: tuple[WorkflowStatus, ...]
    target: WorkflowStatus | Target
    rights: tuple[Right, ...]
    """Any one of them is enough."""
    guards: tuple[Guard, ...] = ()
    asks: tuple[Ask, ...] = ()
    """All of them are required."""
    may_ask: tuple[Ask, ...] = field(default=())
    """What can be said and need not be."""
    effects: str = ""
    """In words, for people."""

    @property
    def is_system(self) -> bool:
        return self.rights == (Right.SYSTEM,)


S, A, R, G = WorkflowStatus, Action, Right, Guard
DESK = (R.LEAD, R.BID_MANAGER)
DESK_OR_ASSIGNEE = (*DESK, R.ASSIGNEE)
WHY = (Ask.REASON,)
WHY_CODED = (Ask.REASON_CODE, Ask.REASON)
DECIDING = (G.NOT_OWN_SCORING, G.DECISION_LIMIT)
APPROVING = (*DECIDING, G.SECOND_APPROVAL)
OPEN_WORK = (S.ASSIGNED, S.IN_ASSESSMENT, S.RETURNED)
DECIDED = (S.APPROVED, S.CONDITIONAL, S.NO_BID)
# In these somebody relies on what the CRM said when it was submitted.
RELIED_ON = (S.IN_REVIEW, *DECIDED)
BEFORE_SUBMISSION = (S.NEW, *OPEN_WORK)
HOLDABLE = (*BEFORE_SUBMISSION, S.IN_REVIEW, S.CONDITIONAL, S.APPROVED)
OPEN_IN_CRM = tuple(status for status in S if status != S.CLOSED_IN_CRM)

TRANSITIONS = (
    Transition(
        A.ASSIGN, (S.NEW,), S.ASSIGNED, DESK, (), (Ask.ASSIGNEE,), may_ask=WHY,
        effects="assignment row, clock, notice to the SA",
    ),
    Transition(
        A.CLAIM, (S.NEW,), S.ASSIGNED, (R.SOLUTION_ARCHITECT,),
        (G.CLAIM_ALLOWED, G.SAME_PRACTICE, G.CLAIM_LIMIT), effects="assignment row, clock",
    ),
    Transition(
        A.REASSIGN, OPEN_WORK, Target.SAME, DESK, (G.REASON_FOR_DRAFT,), (Ask.ASSIGNEE,),
        may_ask=WHY, effects="former assignment ended and kept, draft handed over, notice",
    ),
    Transition(
        A.UNASSIGN, (S.ASSIGNED,), S.NEW, DESK, asks=WHY, effects="assignment ended and kept"
    ),
    Transition(
        A.DECLINE, (S.ASSIGNED,), S.NEW, (R.ASSIGNEE,), asks=WHY,
        effects="assignment ended and kept, notice to the leads",
    ),
    Transition(
        A.START, (S.ASSIGNED,), S.IN_ASSESSMENT, (R.ASSIGNEE,), (G.TEMPLATE,),
        effects="with the first saved answer; draft, first_assessment_at",
    ),
    Transition(
        A.SUBMIT, (S.IN_ASSESSMENT, S.RETURNED), S.IN_REVIEW, (R.ASSIGNEE, *DESK), (G.COMPLETE,),
        effects="version frozen, CRM facts kept, score computed; on behalf is flagged",
    ),
    Transition(
        A.WITHDRAW, (S.IN_REVIEW,), S.IN_ASSESSMENT, (R.SUBMITTER, *DESK), may_ask=WHY,
        effects="new draft copied from the frozen version",
    ),
    Transition(
        A.RETURN, (S.IN_REVIEW,), S.RETURNED, DESK, asks=WHY,
        effects="next version copied from the frozen one, notice to the SA",
    ),
    Transition(
        A.FIRST_APPROVAL, (S.IN_REVIEW,), Target.SAME, DESK, (G.NOT_OWN_SCORING, G.SECOND_NEEDED),
        may_ask=WHY, effects="the first of two approvals is noted",
    ),
    Transition(
        A.APPROVE, (S.IN_REVIEW,), S.APPROVED, DESK, (*APPROVING, G.OVERRIDE_REASON),
        may_ask=WHY_CODED, effects="decision is BID, notice to the SA",
    ),
    Transition(
        A.APPROVE_WITH_CONDITIONS, (S.IN_REVIEW,), S.CONDITIONAL, DESK,
        (*APPROVING, G.CONDITIONS_NAMED, G.OVERRIDE_REASON), (Ask.CONDITIONS,), WHY_CODED,
        "decision is CONDITIONAL, clock until the conditions are due, notice to the SA",
    ),
    Transition(
        A.DECIDE_NO_BID, (S.IN_REVIEW,), S.NO_BID, DESK, DECIDING, WHY_CODED,
        effects="decision is NO_BID, notice to the SA and the sales owner",
    ),
    Transition(
        A.QUICK_NO_BID, BEFORE_SUBMISSION, S.NO_BID, DESK, (G.NOT_OWN_SCORING,), WHY_CODED,
        effects="decision is NO_BID, marked unscored, notice to the SA and the sales owner",
    ),
    Transition(
        A.CONDITIONS_MET, (S.CONDITIONAL,), S.APPROVED, DESK,
        (G.NOT_OWN_SCORING, G.CONDITIONS_SETTLED), may_ask=WHY, effects="decision is BID",
    ),
    Transition(
        A.CONDITIONS_FAILED, (S.CONDITIONAL,), S.NO_BID, DESK, (G.NOT_OWN_SCORING,), WHY,
        (Ask.REASON_CODE,),
        effects="decision is NO_BID, notice to the SA and the sales owner",
    ),
    Transition(
        A.HOLD, HOLDABLE, S.ON_HOLD, DESK_OR_ASSIGNEE, asks=(*WHY, Ask.REVIEW_ON),
        effects="status_before_hold kept, clock paused",
    ),
    Transition(
        A.RESUME, (S.ON_HOLD,), Target.BEFORE_HOLD, DESK_OR_ASSIGNEE, may_ask=WHY,
        effects="clock goes on",
    ),
    Transition(
        A.REQUALIFY, DECIDED, Target.WORK, DESK, asks=WHY,
        effects="new version, former decision stays in the history, decision is NONE again",
    ),
    Transition(
        A.ACCEPT_CRM_CHANGE, RELIED_ON, Target.SAME, DESK,
        (G.CRM_CHANGED, *DECIDING, G.APPROVALS_SUFFICE), WHY,
        effects="scoring and decision stand on what the CRM says now; the flag is gone",
    ),
    Transition(
        A.CLOSE_FROM_CRM, OPEN_IN_CRM, S.CLOSED_IN_CRM, (R.SYSTEM,),
        effects="status_before_close kept; an open draft is abandoned and stays readable",
    ),
    Transition(
        A.REOPEN_FROM_CRM, (S.CLOSED_IN_CRM,), Target.BEFORE_CLOSE, (R.SYSTEM,),
        effects="flagged as reopened, notice to the leads; an abandoned draft is one again",
    ),
)  # fmt: skip

BY_ACTION = {row.action: row for row in TRANSITIONS}


def transitions_from(status: str) -> Iterator[Transition]:
    """What can happen in this state, in the table's order."""
    return (row for row in TRANSITIONS if status in row.sources)
