from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    rows = apps.get_model("outbox", "Delivery").objects
    # Of what no longer waits nobody asks when it was due.
    rows.filter(state="WAITING", tries__gt=0).update(due_at=F("created_at"))
    # What waits for a digest or the end of quiet hours.
    rows.filter(state="WAITING", tries=0).update(due_at=F("next_try_at"))
    rows.filter(state="GIVEN_UP").update(failed_at=F("next_try_at"))


class Migration(migrations.Migration):
    """Apart from the new columns, whose lock it would keep for as long as it writes."""

    dependencies = [
        ("outbox", "0003_when_deliveries_were_due_and_failed"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
