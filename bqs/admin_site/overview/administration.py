"""Count what an administrator has to look after."""

from django.contrib.auth.models import User
from django.urls import reverse

from assessments.models import AssessmentTemplate, TemplateStatus
from bqs.admin_site.overview.scope import LinkedFigure
from outbox.models import Delivery, DeliveryState


def administration() -> list[tuple[str, LinkedFigure]]:
    """Return each figure with the list of exactly its rows."""
    people = User.objects.filter(is_active=True)
    counted = [
        ("Active people", people, "auth_user", "is_active__exact=1"),
        (
            "Active people without a role",
            people.filter(groups=None),
            "auth_user",
            "is_active__exact=1&groups__isnull=True",
        ),
        (
            "Messages given up",
            Delivery.objects.filter(state=DeliveryState.GIVEN_UP),
            "outbox_delivery",
            f"state__exact={DeliveryState.GIVEN_UP}",
        ),
        (
            "Draft templates",
            AssessmentTemplate.objects.filter(status=TemplateStatus.DRAFT),
            "assessments_assessmenttemplate",
            f"status__exact={TemplateStatus.DRAFT}",
        ),
    ]
    return [
        (label, LinkedFigure(rows.count(), f"{reverse(f'admin:{page}_changelist')}?{query}"))
        for label, rows, page, query in counted
    ]
