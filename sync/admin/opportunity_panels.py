"""What the sync knows about an opportunity, for the page of the opportunity."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from opportunities.admin.panels import opportunity_panel
from opportunities.models import Opportunity
from sync.freshness import last_complete_run
from sync.models import RejectedRecord
from sync.presentation import field_in_words, value_in_words

MOST_CHANGES_SHOWN = 50


@opportunity_panel
def freshness(request: HttpRequest, opportunity: Opportunity) -> str:
    rejected = RejectedRecord.objects.unresolved().filter(remote_id=opportunity.remote_id)
    context = {"last_complete": last_complete_run(), "rejected": rejected.first()}
    return render_to_string("admin/sync/opportunity/freshness.html", context, request)


@opportunity_panel
def timeline(request: HttpRequest, opportunity: Opportunity) -> str:
    changes = opportunity.changes.select_related("sync_log")
    lines = [
        {
            "at": change.at,
            "field": field_in_words(change.field),
            "old": value_in_words(change.field, change.old),
            "new": value_in_words(change.field, change.new),
            "sync_log": change.sync_log,
        }
        for change in changes[:MOST_CHANGES_SHOWN]
    ]
    context = {"lines": lines, "total": changes.count()}
    return render_to_string("admin/sync/opportunity/timeline.html", context, request)
