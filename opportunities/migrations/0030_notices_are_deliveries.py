from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("opportunities", "0029_change_feed"),
        # It carries over what waits.
        ("notifications", "0005_notices_become_rules"),
    ]

    operations = [migrations.DeleteModel(name="Notice")]
