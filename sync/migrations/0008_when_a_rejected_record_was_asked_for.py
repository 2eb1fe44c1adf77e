from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0007_refused_login")]
    operations = [
        migrations.AddField(
            "rejectedrecord",
            "asked_at",
            models.DateTimeField(
                editable=False,
                help_text="When a sync last asked Oracle for it by itself.",
                null=True,
            ),
        ),
    ]
