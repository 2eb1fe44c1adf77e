"""One opportunity fetched from Oracle, at the push of a button on its page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from opportunities.models import Opportunity
from opportunities.operators import for_reader
from opportunities.roles import standing_of
from opportunities.wording import field_in_words
from sync.oracle.errors import OracleError, RecordError
from sync.refresh import refresh_opportunity


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever sees it may have it newer, as in the API."""
    if not request.user.has_perm("opportunities.view_opportunity"):
        raise PermissionDenied
    visible = Opportunity.objects.visible_to(standing_of(request.user))
    deal = get_object_or_404(visible, pk=pk)
    level, sentence = _refresh(deal)
    messages.add_message(request, level, for_reader(sentence, request))
    return HttpResponseRedirect(reverse("admin:opportunities_opportunity_change", args=[pk]))


def _refresh(deal: Opportunity) -> tuple[int, str]:
    try:
        changed = refresh_opportunity(deal.remote_id).changed_fields
    except RecordError as error:
        return messages.WARNING, f"Oracle's record cannot be taken in: {error}."
    except OracleError as error:
        return messages.ERROR, str(error)
    if not changed:
        return messages.SUCCESS, "Nothing has changed in Oracle since."
    return messages.SUCCESS, f"New from Oracle: {', '.join(map(field_in_words, changed))}."
