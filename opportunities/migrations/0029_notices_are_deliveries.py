from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("opportunities", "0028_absences"),
        # It carries over what waits.
        ("notifications", "0005_notices_become_rules"),
    ]

    operations = [migrations.DeleteModel(name="Notice")]
