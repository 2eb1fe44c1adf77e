"""Say whose judgement is in the version to decide on."""

from assessments.drafts.authors import authors_of
from opportunities.domain.states import Action, WorkflowStatus
from opportunities.models import Opportunity


def scorers_of(opportunity: Opportunity) -> set[int | None]:
    """Return everybody whose judgement is or was in the version to decide on."""
    scorers: set[int | None] = set()
    # Whoever was only assigned has judged nothing yet.
    if opportunity.workflow_status not in (WorkflowStatus.NEW, WorkflowStatus.ASSIGNED):
        scorers.add(opportunity.assigned_sa_id)
    submissions = opportunity.events.filter(action=Action.SUBMIT).order_by("-at", "-id")
    for submitters in submissions.values_list("actor", "on_behalf_of")[:1]:
        scorers.update(submitters)
    # A submitted version is the newest one.
    if version := opportunity.assessments.first():
        scorers |= {version.assessor_id, version.submitted_by_id, *authors_of(version)}
    return scorers
