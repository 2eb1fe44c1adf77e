from django.urls import path

from assessments.record.views import decision_record_page, decision_record_pdf

urlpatterns = [
    path(
        "opportunities/<int:opportunity_id>/decision-record",
        decision_record_page,
        name="decision-record",
    ),
    path(
        "opportunities/<int:opportunity_id>/decision-record.pdf",
        decision_record_pdf,
        name="decision-record-pdf",
    ),
]
