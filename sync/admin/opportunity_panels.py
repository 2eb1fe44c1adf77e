"""Show on an opportunity's page how fresh it is and what the CRM changed, and refresh it."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from opportunities import extensions
from opportunities.access.operators import for_reader
from opportunities.access.permissions import REFRESH
from opportunities.history.labels import field_in_words, value_in_words
from opportunities.history.timeline import Entry, EntryKind, Source
from opportunities.models import Opportunity
from sync import conf
from sync.engine.refresh import refresh_opportunity
from sync.models import OpportunityChange, RejectedRecord, SyncLog
from sync.oracle.errors import OracleError, RecordError
from sync.permissions import VIEW_RUNS
from sync.safety.lock_waits import RowLocked


def freshness(request: HttpRequest, opportunity: Opportunity) -> str:
    rejected = RejectedRecord.objects.unresolved().filter(remote_id=opportunity.remote_id)
    context = {
        "last_complete": SyncLog.objects.last_complete(),
        "rejected": rejected.first(),
        "opportunity": opportunity,
        "record_address": conf.record_address(opportunity),
    }
    return render_to_string("admin/sync/opportunity/freshness.html", context, request)


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(REFRESH):
        raise PermissionDenied
    level, sentence = _refresh(Opportunity.objects.visible_or_404(request.user, pk))
    messages.add_message(request, level, for_reader(sentence, request))
    return redirect("admin:opportunities_opportunity_change", pk)


def _refresh(opportunity: Opportunity) -> tuple[int, str]:
    try:
        changed = refresh_opportunity(opportunity.remote_id).changed_fields
    except RecordError as error:
        return messages.WARNING, f"Oracle's record cannot be imported: {error}."
    except (OracleError, RowLocked) as error:
        return messages.ERROR, str(error)
    if not changed:
        return messages.SUCCESS, "Nothing has changed in Oracle since."
    return messages.SUCCESS, f"New from Oracle: {', '.join(map(field_in_words, changed))}."


def _changes(opportunity: Opportunity, kinds: frozenset[EntryKind], most: int) -> Sequence[Entry]:
    return [_entry(each) for each in opportunity.changes.select_related("sync_log")[:most]]


def _count(opportunity: Opportunity, kinds: frozenset[EntryKind]) -> int:
    return opportunity.changes.count()


def _entry(change: OpportunityChange) -> Entry:
    run = change.sync_log
    old, new = (value_in_words(change.field, each) for each in (change.old, change.new))
    return Entry(
        change.at,
        EntryKind.CRM,
        "Changed in CRM",
        str(run) if run else "refreshed on demand",
        address=reverse("admin:sync_synclog_change", args=[run.pk]) if run else "",
        permission=VIEW_RUNS,
        changes=((field_in_words(change.field), old, new),),
    )


extensions.panels.register(freshness, extensions.Place.ASIDE)
extensions.timeline.register(Source(frozenset([EntryKind.CRM]), _changes, _count))
