from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0017_names_sort_as_people_sort_them")]
    operations = [
        migrations.AddField(
            "opportunity",
            "asked_at",
            models.DateTimeField(
                editable=False,
                help_text="When a sync last asked Oracle for it by itself, as the list did not show it.",
                null=True,
                verbose_name="asked for",
            ),
        ),
    ]
