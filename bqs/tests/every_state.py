"""A database with everything in it that an answer of the API can be about."""

from datetime import UTC, datetime
from itertools import cycle

from django.contrib.auth.models import User

from accounts.models import Preferences, SavedView
from accounts.tokens.tokens import issue_token
from assessments.models import Assessment, AssessmentStatus
from assessments.tests.factories import standard_template
from bqs.demonstration.people import ADMINISTRATOR, LEAD, OTHER_SA, SA, THIRD_SA, make_people
from bqs.demonstration.scoring import FAIR, STRONG
from bqs.demonstration.stories import Storyteller
from opportunities.access.roles import Role
from opportunities.domain.crm_status import CrmOutcome
from opportunities.domain.states import WorkflowStatus
from opportunities.models import Opportunity, RemovalReason
from opportunities.tests.factories import OpportunityFactory, group_of
from sync.models import Reconciliation, SyncStatus, SyncType, Trigger
from sync.tests.factories import OpportunityChangeFactory, RejectedRecordFactory, SyncLogFactory

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
EMPTY = ("opty_number", "customer", "practice", "geo", "sector", "deal_value", "currency", "stage")


def make_every_state() -> User:
    """Return a superuser, who may see all of it."""
    # Tests with real transactions empty the tables, and the groups and templates with them.
    for role in Role:
        group_of(role)
    standard_template()
    make_people()
    everybody = User.objects.get(username=ADMINISTRATOR)
    User.objects.filter(pk=everybody.pk).update(is_superuser=True)
    _tell(Storyteller(iter(OpportunityFactory.create_batch(12))))
    _set_by_hand()
    _sync(everybody)
    _keep(everybody)
    return User.objects.get(pk=everybody.pk)


def _tell(teller: Storyteller) -> None:
    teller.comment(teller.assigned(SA, 1), LEAD, "By Friday.")
    teller.bid_due(teller.begun(SA, 12), in_days=3)
    teller.submitted(SA, 1)
    teller.returned(OTHER_SA, 3)
    teller.held(SA, ago=10, review_in=7)
    teller.approved(SA, 5, STRONG)
    teller.approved(OTHER_SA, 40, FAIR)
    teller.declined(SA, 8)
    teller.conditional(SA, 8, due_in=1)
    teller.lifted(THIRD_SA, 35)
    teller.waved_off(2)
    teller.fresh()


def _set_by_hand() -> None:
    """Every word that a story does not come to, and a row of which nothing is known."""
    OpportunityFactory(**dict.fromkeys(EMPTY), name="Nothing known", extra={"Any_c": [1, None]})
    for status, outcome in zip(WorkflowStatus, cycle(CrmOutcome), strict=False):
        OpportunityFactory(
            workflow_status=status,
            crm_outcome=outcome,
            status_before_close=WorkflowStatus.IN_REVIEW,
            status_before_hold=WorkflowStatus.ASSIGNED,
        )
    for reason in RemovalReason:
        OpportunityFactory(removal_reason=reason, removed_in_crm_at=NOW)
    versions = Assessment.objects.exclude(status=AssessmentStatus.DRAFT).order_by("pk")
    for version, status in zip(versions, AssessmentStatus, strict=False):
        Assessment.objects.filter(pk=version.pk).update(status=status)


def _sync(by: User) -> None:
    for number, status in enumerate(SyncStatus):
        log = SyncLogFactory(
            status=status,
            sync_type=[*SyncType][number % 2],
            trigger=[*Trigger][number % 4],
            user=by if number else None,
            error_message="One broke." if number else "",
        )
        RejectedRecordFactory(sync_log=log, ignored_by=by, ignored_reason="Old", resolved=True)
    RejectedRecordFactory(sync_log=None, remote_id=None, field="", payload=["no", "object"])
    seen = Opportunity.objects.latest("pk")
    seen.last_looks.create(user=by, at=NOW)
    OpportunityChangeFactory(opportunity=seen, old=None, sync_log=None)
    OpportunityChangeFactory(opportunity=seen, sync_log=log)
    Reconciliation.objects.create(
        is_equal=False, figures=[{"name": "Rows", "oracle": 2, "mirror": 1}], differing={"1": {}}
    )


def _keep(by: User) -> None:
    SavedView.objects.create(owner=by, name="Mine", query="geo=EMEA", columns=["name"])
    SavedView.objects.create(owner=by, name="All", is_shared=True, is_default=True)
    Preferences.objects.create(user=by, kept={"theme": "dark", "widths": {"name": 200}})
    issue_token(by, "A program")
