"""What the sync knows about an opportunity, for the page of the opportunity."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from opportunities.admin.panels import Place, opportunity_panel
from opportunities.models import Opportunity
from opportunities.timeline import Entry, Kind, Source, register_source
from opportunities.wording import field_in_words, value_in_words
from sync import conf
from sync.freshness import last_complete_run
from sync.models import OpportunityChange, RejectedRecord


@opportunity_panel(Place.ASIDE)
def freshness(request: HttpRequest, opportunity: Opportunity) -> str:
    rejected = RejectedRecord.objects.unresolved().filter(remote_id=opportunity.remote_id)
    context = {
        "last_complete": last_complete_run(),
        "rejected": rejected.first(),
        "opportunity": opportunity,
        "record_address": conf.record_address(opportunity),
    }
    return render_to_string("admin/sync/opportunity/freshness.html", context, request)


def _changes(opportunity: Opportunity, kinds: frozenset[Kind], most: int) -> Sequence[Entry]:
    return [_entry(change) for change in _rows(opportunity)[:most]]


def _rows(opportunity: Opportunity) -> QuerySet[OpportunityChange]:
    return opportunity.changes.select_related("sync_log")  # type: ignore[attr-defined, no-any-return]


def _count(opportunity: Opportunity, kinds: frozenset[Kind]) -> int:
    return _rows(opportunity).count()


def _entry(change: OpportunityChange) -> Entry:
    field = field_in_words(change.field)
    return Entry(
        change.at,
        Kind.CRM,
        "Changed in CRM",
        str(change.sync_log) if change.sync_log else "refreshed on demand",
        address=_run(change),
        permission="sync.view_synclog",
        changes=(
            (
                field[0].upper() + field[1:],
                value_in_words(change.field, change.old),
                value_in_words(change.field, change.new),
            ),
        ),
    )


def _run(change: OpportunityChange) -> str:
    run = change.sync_log_id  # type: ignore[attr-defined]
    return reverse("admin:sync_synclog_change", args=[run]) if run else ""


register_source(Source(frozenset([Kind.CRM]), _changes, _count))
