"""Define the state machine of a qualification in one table, from which all else follows. Pure.

Rules are registered under the names of Guard and Action: see opportunities/extensions.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, StrEnum

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


class Tone(StrEnum):
    """Say how a state is to look; the colour never says it alone."""

    NEW = "new"
    ASSESSING = "assessing"
    REVIEWING = "reviewing"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    MUTED = "muted"


@dataclass(frozen=True)
class State:
    """Describe a state once, beside its label: look, tab and clock."""

    tone: Tone
    tab: str
    """The tab whose rows are in it; "my_queue" and "all" are across states."""
    days_setting: str = ""
    """How many working days it may take."""
    has_clock: bool = False


def _timed(tone: Tone, tab: str, days_setting: str) -> State:
    return State(tone, tab, days_setting, has_clock=True)


STATES = {
    WorkflowStatus.NEW: _timed(Tone.NEW, "unassigned", "CLOCK_ASSIGN_DAYS"),
    WorkflowStatus.ASSIGNED: _timed(Tone.NEW, "in_assessment", "CLOCK_FIRST_ANSWER_DAYS"),
    WorkflowStatus.IN_ASSESSMENT: _timed(Tone.ASSESSING, "in_assessment", "CLOCK_SUBMIT_DAYS"),
    WorkflowStatus.IN_REVIEW: _timed(Tone.REVIEWING, "in_review", "CLOCK_DECIDE_DAYS"),
    WorkflowStatus.RETURNED: _timed(Tone.WARNING, "in_assessment", "CLOCK_SUBMIT_DAYS"),
    # A conditional bid is due when its conditions are, which the decision says.
    WorkflowStatus.CONDITIONAL: State(Tone.WARNING, "decided", has_clock=True),
    WorkflowStatus.APPROVED: State(Tone.GOOD, "decided"),
    WorkflowStatus.NO_BID: State(Tone.BAD, "decided"),
    WorkflowStatus.ON_HOLD: State(Tone.WARNING, "on_hold"),
    WorkflowStatus.CLOSED_IN_CRM: State(Tone.MUTED, "closed"),
}


def states_in(tab: str) -> tuple[WorkflowStatus, ...]:
    return tuple(status for status, state in STATES.items() if state.tab == tab)


class BidDecision(TextChoices):
    NONE = "NONE", "None yet"
    BID = "BID", "Bid"
    CONDITIONAL = "CONDITIONAL", "Conditional"
    NO_BID = "NO_BID", "No bid"


# Lists sort by this order.
class Priority(TextChoices):
    LOW = "LOW", "Low"
    NORMAL = "NORMAL", "Normal"
    HIGH = "HIGH", "High"


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
    """A right to act; the value finishes the sentence "This is for ..."."""

    LEAD = "an SA lead of the practice"
    BID_MANAGER = "a bid manager"
    SOLUTION_ARCHITECT = "an SA"
    ASSIGNEE = "the assigned SA"
    SUBMITTER = "the SA who submitted it"
    SYSTEM = "the sync"


class Target(Enum):
    """A target state that depends on the opportunity."""

    SAME = "the same"
    BEFORE_HOLD = "as before the hold"
    BEFORE_CLOSE = "as before the close"
    WORK = "In assessment; New if it was decided unscored and nobody has it"


class InputField(TextChoices):
    """An input of an action."""

    ASSIGNEE = "assignee", "SA"
    REASON = "reason", "Reason"
    REASON_CODE = "reason_code", "Reason code"
    REVIEW_ON = "review_on", "Review on"
    CONDITIONS = "conditions", "Conditions"


class Guard(TextChoices):
    """A condition of a transition beside state and right; its label completes "refused unless".

    Its value is the `guard` of a refusal in JSON: a snake_case word, as all that refuses has.
    """

    CLAIM_ALLOWED = "claiming_allowed", "claiming is switched on"
    SAME_PRACTICE = "same_practice", "the SA belongs to the practice"
    CLAIM_LIMIT = "within_claim_limit", "the value is below the claim limit"
    REASON_FOR_DRAFT = "reason_for_draft", "a reason is given once there is a draft"
    TEMPLATE = "active_template", "an active assessment template exists"
    COMPLETE = "answers_complete", "all answers, comments and recommendations are given"
    NOT_OWN_SCORING = "not_own_scoring", "the decider did not assess it"
    DECISION_LIMIT = "within_decision_limit", "the value is within the lead's limit"
    SECOND_NEEDED = "second_approval_needed", "the value needs two approvals"
    SECOND_APPROVAL = ("second_approval_given", "above the limit, another person approved first")
    OVERRIDE_REASON = "override_reason", "an override has a reason"
    CONDITIONS_NAMED = "conditions_named", "at least one condition has an owner and a due date"
    CRM_CHANGED = "changed_in_crm", "the CRM changed what it is based on"
    APPROVALS_SUFFICE = "approvals_suffice", "a bid needs no further approval now"
    REVIEW_SETTLED = "review_settled", "every review comment is settled"
    CONDITIONS_SETTLED = "conditions_settled", "every condition is met or waived"


# These judge inputs, so they cannot be asked before there are any.
JUDGES_INPUT = frozenset(
    {Guard.REASON_FOR_DRAFT, Guard.COMPLETE, Guard.OVERRIDE_REASON, Guard.CONDITIONS_NAMED}
)


@dataclass(frozen=True)
class Transition:
    """A row of the table."""

    action: Action
    sources: tuple[WorkflowStatus, ...]
    target: WorkflowStatus | Target
    rights: tuple[Right, ...]
    """Any one of them is enough."""
    guards: tuple[Guard, ...] = ()
    required_inputs: tuple[InputField, ...] = ()
    optional_inputs: tuple[InputField, ...] = field(default=())
    effects: str = ""
    """In words, for people."""

    @property
    def is_system(self) -> bool:
        return self.rights == (Right.SYSTEM,)


S, A, R, G = WorkflowStatus, Action, Right, Guard
DESK = (R.LEAD, R.BID_MANAGER)
DESK_OR_ASSIGNEE = (*DESK, R.ASSIGNEE)
WHY = (InputField.REASON,)
WHY_CODED = (InputField.REASON_CODE, InputField.REASON)
DECIDING = (G.NOT_OWN_SCORING, G.DECISION_LIMIT)
APPROVING = (*DECIDING, G.SECOND_APPROVAL, G.REVIEW_SETTLED)
OPEN_WORK = states_in("in_assessment")
DECIDED = states_in("decided")
# In these, somebody relies on the CRM's values at submission.
RELIED_ON = (S.IN_REVIEW, *DECIDED)
BEFORE_SUBMISSION = (S.NEW, *OPEN_WORK)
HOLDABLE = (*BEFORE_SUBMISSION, S.IN_REVIEW, S.CONDITIONAL, S.APPROVED)
OPEN_IN_CRM = tuple(status for status in S if status != S.CLOSED_IN_CRM)

TRANSITIONS = (
    Transition(
        A.ASSIGN, (S.NEW,), S.ASSIGNED, DESK, (), (InputField.ASSIGNEE,), optional_inputs=WHY,
        effects="assignment row, clock, notice to the SA",
    ),
    Transition(
        A.CLAIM, (S.NEW,), S.ASSIGNED, (R.SOLUTION_ARCHITECT,),
        (G.CLAIM_ALLOWED, G.SAME_PRACTICE, G.CLAIM_LIMIT), effects="assignment row, clock",
    ),
    Transition(
        A.REASSIGN, OPEN_WORK, Target.SAME, DESK, (G.REASON_FOR_DRAFT,), (InputField.ASSIGNEE,),
        optional_inputs=WHY, effects="former assignment ended and kept, draft handed over, notice",
    ),
    Transition(
        A.UNASSIGN, (S.ASSIGNED,), S.NEW, DESK, required_inputs=WHY,
        effects="assignment ended and kept",
    ),
    Transition(
        A.DECLINE, (S.ASSIGNED,), S.NEW, (R.ASSIGNEE,), required_inputs=WHY,
        effects="assignment ended and kept, notice to the leads",
    ),
    Transition(
        A.START, (S.ASSIGNED,), S.IN_ASSESSMENT, (R.ASSIGNEE,), (G.TEMPLATE,),
        effects="happens with the first saved answer; draft, first_assessment_at",
    ),
    Transition(
        A.SUBMIT, (S.IN_ASSESSMENT, S.RETURNED), S.IN_REVIEW, (R.ASSIGNEE, *DESK), (G.COMPLETE,),
        effects="version frozen, CRM facts kept, score computed; flagged if on behalf",
    ),
    Transition(
        A.WITHDRAW, (S.IN_REVIEW,), S.IN_ASSESSMENT, (R.SUBMITTER, *DESK), optional_inputs=WHY,
        effects="new draft copied from the frozen version",
    ),
    Transition(
        A.RETURN, (S.IN_REVIEW,), S.RETURNED, DESK, required_inputs=WHY,
        effects="next version copied from the frozen one, review comments open, notice to the SA",
    ),
    Transition(
        A.FIRST_APPROVAL, (S.IN_REVIEW,), Target.SAME, DESK, (G.NOT_OWN_SCORING, G.SECOND_NEEDED),
        optional_inputs=WHY, effects="the first of two approvals is recorded",
    ),
    Transition(
        A.APPROVE, (S.IN_REVIEW,), S.APPROVED, DESK, (*APPROVING, G.OVERRIDE_REASON),
        optional_inputs=WHY_CODED, effects="decision is BID, notice to the SA",
    ),
    Transition(
        A.APPROVE_WITH_CONDITIONS, (S.IN_REVIEW,), S.CONDITIONAL, DESK,
        (*APPROVING, G.CONDITIONS_NAMED, G.OVERRIDE_REASON), (InputField.CONDITIONS,), WHY_CODED,
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
        (G.NOT_OWN_SCORING, G.CONDITIONS_SETTLED), optional_inputs=WHY, effects="decision is BID",
    ),
    Transition(
        A.CONDITIONS_FAILED, (S.CONDITIONAL,), S.NO_BID, DESK, (G.NOT_OWN_SCORING,), WHY,
        (InputField.REASON_CODE,),
        effects="decision is NO_BID, notice to the SA and the sales owner",
    ),
    Transition(
        A.HOLD, HOLDABLE, S.ON_HOLD, DESK_OR_ASSIGNEE, required_inputs=(*WHY, InputField.REVIEW_ON),
        effects="status_before_hold kept, clock paused",
    ),
    Transition(
        A.RESUME, (S.ON_HOLD,), Target.BEFORE_HOLD, DESK_OR_ASSIGNEE, optional_inputs=WHY,
        effects="clock resumed",
    ),
    Transition(
        A.REQUALIFY, DECIDED, Target.WORK, DESK, required_inputs=WHY,
        effects="new version; the former decision stays in the history; decision is NONE again",
    ),
    Transition(
        A.ACCEPT_CRM_CHANGE, RELIED_ON, Target.SAME, DESK,
        (G.CRM_CHANGED, *DECIDING, G.APPROVALS_SUFFICE), WHY,
        effects="assessment and decision are based on the present values; the flag is gone",
    ),
    Transition(
        A.CLOSE_FROM_CRM, OPEN_IN_CRM, S.CLOSED_IN_CRM, (R.SYSTEM,),
        effects="status_before_close kept; a draft is abandoned and stays readable",
    ),
    Transition(
        A.REOPEN_FROM_CRM, (S.CLOSED_IN_CRM,), Target.BEFORE_CLOSE, (R.SYSTEM,),
        effects="flagged as reopened, notice to the leads; the abandoned draft comes back",
    ),
)  # fmt: skip

BY_ACTION = {row.action: row for row in TRANSITIONS}
DECISION_OF = {
    A.APPROVE: BidDecision.BID,
    A.APPROVE_WITH_CONDITIONS: BidDecision.CONDITIONAL,
    A.DECIDE_NO_BID: BidDecision.NO_BID,
    A.QUICK_NO_BID: BidDecision.NO_BID,
    A.CONDITIONS_MET: BidDecision.BID,
    A.CONDITIONS_FAILED: BidDecision.NO_BID,
}


def transitions_from(status: str) -> Iterator[Transition]:
    """Return the transitions of this state, in the table's order."""
    return (row for row in TRANSITIONS if status in row.sources)
