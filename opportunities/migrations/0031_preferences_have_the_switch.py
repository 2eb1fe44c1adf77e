from django.db import migrations, models


class Migration(migrations.Migration):
    """The column stays for code of the former version, which runs until it is restarted."""

    dependencies = [
        ("opportunities", "0030_notices_are_deliveries"),
        # It keeps what people had chosen.
        ("notifications", "0006_who_wanted_no_mail"),
    ]

    operations = [
        migrations.AlterField(
            model_name="profile",
            name="wants_notices",
            field=models.BooleanField("gets e-mail notices", default=True, db_default=True),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="profile", name="wants_notices")]
        ),
    ]
