"""Every address of the API that can be read, and what stands behind it in `every_state`."""

from accounts.models import SavedView
from assessments.models import Assessment, AssessmentTemplate
from bqs.tests.described_answers import description
from opportunities.models import Attachment, Opportunity
from sync.models import SyncLog

ROWS = {
    "opportunities": Opportunity,
    "assessment-templates": AssessmentTemplate,
    "saved-views": SavedView,
    "sync-history": SyncLog,
}


def the_gets():
    return [(path, each["get"]) for path, each in description()["paths"].items() if "get" in each]


def places_of(path):
    """Return the values for the braces of this path, a tuple for each row there is."""
    if "{" not in path:
        return [()]
    if "/assessments/" in path:
        versions = Assessment.objects.exclude(version_no=0).values_list("opportunity", "version_no")
        places = [(str(pk), number) for pk, number in versions]
        return places if "version_no" in path else [(pk,) for pk, _ in places]
    if "{attachment_id}" in path:
        kept = Attachment.objects.exclude(stored_as="").values_list("opportunity__pk", "pk")
        return [(str(pk), number) for pk, number in kept]
    name = path.split("/")[2]
    if name == "oracle-opportunity":
        return list(Opportunity.objects.values_list("remote_id"))[:3]
    # What happened to a deal is told of those that have a story; the last has none.
    numbers = [*ROWS[name].objects.order_by("pk").values_list("pk", flat=True)]
    is_part_of_a_deal = name == "opportunities" and path != "/api/opportunities/{id}"
    return [(str(pk),) for pk in ([*numbers[:12], numbers[-1]] if is_part_of_a_deal else numbers)]
