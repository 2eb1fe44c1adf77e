from django.urls import path

from opportunities.api import (
    attachments,
    changes_feed,
    exporting,
    for_you,
    jump,
    list_context,
    similar,
    transitions,
    undo,
    views,
)

ONE = "opportunities/<int:pk>"

urlpatterns = [
    path("changes", changes_feed.Changes.as_view(), name="changes"),
    path("changes/base", changes_feed.ChangesBase.as_view(), name="changes-base"),
    path("for-you", for_you.ForYou.as_view(), name="for-you"),
    path("jump", jump.Jump.as_view(), name="jump"),
    path("opportunities", views.OpportunityList.as_view(), name="opportunity-list"),
    path("opportunities/tabs", views.OpportunityTabs.as_view(), name="opportunity-tabs"),
    path("opportunities/sums", list_context.OpportunitySums.as_view(), name="opportunity-sums"),
    path("opportunities/export.csv", exporting.ExportCsv.as_view(), name="export-csv"),
    path("opportunities/export.xlsx", exporting.ExportXlsx.as_view(), name="export-xlsx"),
    path(ONE, views.OpportunityDetail.as_view(), name="opportunity-detail"),
    path(f"{ONE}/events", views.OpportunityEvents.as_view(), name="events"),
    path(f"{ONE}/comments", views.OpportunityComments.as_view(), name="comments"),
    path(f"{ONE}/neighbours", list_context.OpportunityNeighbours.as_view(), name="neighbours"),
    path(f"{ONE}/seen", views.OpportunitySeen.as_view(), name="seen"),
    path(f"{ONE}/undo", undo.UndoView.as_view(), name="undo"),
    path("opportunities/bulk/undo", undo.BulkUndoView.as_view(), name="bulk-undo"),
    path("opportunities/bulk/check", undo.BulkCheckView.as_view(), name="bulk-check"),
    path(f"{ONE}/watch", views.OpportunityWatch.as_view(), name="watch"),
    path(f"{ONE}/attachments", attachments.Attachments.as_view(), name="attachments"),
    path(f"{ONE}/links", attachments.Links.as_view(), name="links"),
    path(
        f"{ONE}/attachments/<int:attachment_id>",
        attachments.OneAttachment.as_view(),
        name="attachment",
    ),
    path(
        f"{ONE}/attachments/<int:attachment_id>/restore",
        attachments.RestoreAttachment.as_view(),
        name="attachment-restore",
    ),
    path(f"{ONE}/similar", similar.SimilarOpportunities.as_view(), name="similar"),
    *transitions.urlpatterns,
]
