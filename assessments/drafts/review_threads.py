"""Find the reviewer's comments on an opportunity, and those not settled yet."""

from assessments.models import ReviewThread, ThreadState
from opportunities.models import Opportunity

ORDER = ("criterion__group__order", "criterion__order", "id")


def threads_of(opportunity: Opportunity) -> list[ReviewThread]:
    """Return all of every version, in the order of the template."""
    threads = ReviewThread.objects.filter(assessment__opportunity=opportunity)
    read = threads.select_related("assessment", "criterion", "author", "settled_by")
    return list(read.prefetch_related("replies__author").order_by(*ORDER))


def unsettled_in(opportunity: Opportunity) -> list[str]:
    """Return the codes of the criteria whose review comments are not settled."""
    threads = ReviewThread.objects.filter(assessment__opportunity=opportunity)
    unsettled = threads.exclude(state=ThreadState.SETTLED).order_by(*ORDER)
    return list(dict.fromkeys(unsettled.values_list("criterion__code", flat=True)))
