"""Keep score, band and recommendation on the opportunity; assessments 0010 fills them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0021_the_trail_is_kept_and_names_nobody")]

    operations = [
        migrations.AddField(
            model_name="opportunity",
            name="score",
            field=models.DecimalField(
                decimal_places=1,
                editable=False,
                help_text="Of the newest scored version, as the three after it.",
                max_digits=4,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="best_case",
            field=models.DecimalField(decimal_places=1, editable=False, max_digits=4, null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="band",
            field=models.CharField(editable=False, max_length=20, null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="recommendation",
            field=models.CharField(editable=False, max_length=12, null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="deciding_score",
            field=models.DecimalField(
                decimal_places=1,
                editable=False,
                help_text="Of the version that the last decision stands on.",
                max_digits=4,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="deciding_band",
            field=models.CharField(editable=False, max_length=20, null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="deciding_reason_code",
            field=models.CharField(editable=False, max_length=40, null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="is_deciding_override",
            field=models.BooleanField(editable=False, null=True),
        ),
    ]
