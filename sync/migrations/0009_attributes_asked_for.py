from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0008_when_a_rejected_record_was_asked_for")]

    operations = [
        migrations.AddField(
            model_name="synclog",
            name="attributes",
            field=models.JSONField(
                default=list,
                editable=False,
                help_text="What it asked Oracle for; an incremental run begins with what the last "
                "complete one knew.",
                verbose_name="attributes asked for",
            ),
        ),
    ]
