from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("opportunities", "0030_notices_are_deliveries"),
        # It keeps what people had chosen.
        ("notifications", "0006_who_wanted_no_mail"),
    ]

    operations = [migrations.RemoveField(model_name="profile", name="wants_notices")]
