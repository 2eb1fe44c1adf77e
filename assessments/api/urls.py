from django.urls import path

from assessments.api import views
from assessments.api.bodies import read_with_actions

read_with_actions()

ONE = "opportunities/<int:pk>"

urlpatterns = [
    path(f"{ONE}/assessment-draft", views.AssessmentDraft.as_view(), name="draft"),
    path(f"{ONE}/assessments", views.AssessmentVersions.as_view(), name="versions"),
    path(f"{ONE}/assessments/compare", views.AssessmentComparison.as_view(), name="comparison"),
    path(f"{ONE}/assessments/<int:version_no>", views.AssessmentVersion.as_view(), name="version"),
    path(f"{ONE}/decisions", views.Decisions.as_view(), name="decisions"),
    path(f"{ONE}/decision-record", views.DecisionRecord.as_view(), name="record"),
    path(f"{ONE}/conditions", views.Conditions.as_view(), name="conditions"),
    path(
        f"{ONE}/conditions/<int:condition_id>/settle",
        views.ConditionSettling.as_view(),
        name="condition-settle",
    ),
    path(f"{ONE}/review-threads", views.ReviewThreads.as_view(), name="review-threads"),
    path(
        f"{ONE}/review-threads/<int:thread_id>",
        views.ReviewThreadAnswer.as_view(),
        name="review-thread-answer",
    ),
    path("assessment-templates", views.Templates.as_view(), name="templates"),
    path("assessment-templates/<int:pk>", views.TemplateDetail.as_view(), name="template"),
    path("assessment-reasons", views.Reasons.as_view(), name="reasons"),
]
