from django.conf import settings
from django.db import migrations
from django.db.models import F

from opportunities.domain.crm_status import ClosedStatuses


def find_place(apps, schema_editor):
    """What earlier versions did not note: the outcome in the CRM, and since when it is so."""
    opportunities = apps.get_model("opportunities", "Opportunity").objects
    closed = ClosedStatuses(
        settings.ORACLE_CLOSED_STATUS_CODES,
        won=settings.ORACLE_WON_STATUS_CODES,
        lost=settings.ORACLE_LOST_STATUS_CODES,
        cancelled=settings.ORACLE_CANCELLED_STATUS_CODES,
    )
    for status in opportunities.order_by().values_list("crm_status", flat=True).distinct():
        rows = opportunities.filter(crm_status=status)
        rows.update(crm_outcome=closed.outcome_of(status))
    opportunities.update(status_entered_at=F("first_seen_at"))


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0005_roles")]

    operations = [migrations.RunPython(find_place, migrations.RunPython.noop)]
