"""Keep score, band and recommendation on the opportunity, filled from what was submitted."""

from django.db import migrations, models

BATCH = 1000
SCORED = ("score", "best_case", "band", "recommendation")
DECIDING = ("deciding_score", "deciding_band", "deciding_reason_code", "is_deciding_override")


def fill(apps, schema_editor):
    opportunities = apps.get_model("opportunities", "Opportunity").objects
    ids = list(
        opportunities.filter(
            models.Q(assessments__isnull=False) | models.Q(decisions__isnull=False)
        ).order_by("pk").values_list("pk", flat=True).distinct()
    )
    for start in range(0, len(ids), BATCH):
        rows = opportunities.in_bulk(ids[start : start + BATCH])
        fill_scores(apps, rows)
        fill_decisions(apps, rows)
        opportunities.bulk_update(rows.values(), [*SCORED, *DECIDING], batch_size=100)


def fill_scores(apps, rows):
    """The newest version with a score comes last, and stays."""
    scored = apps.get_model("assessments", "Assessment").objects.filter(
        opportunity__in=rows, score__isnull=False
    )
    for version in scored.only("opportunity", *SCORED).order_by("version_no"):
        for name in SCORED:
            setattr(rows[version.opportunity_id], name, getattr(version, name))


def fill_decisions(apps, rows):
    decisions = apps.get_model("assessments", "Decision").objects.filter(opportunity__in=rows)
    for decision in decisions.select_related("assessment").order_by("pk"):
        row, version = rows[decision.opportunity_id], decision.assessment
        row.deciding_score = version.score if version else None
        row.deciding_band = version.band if version else None
        row.deciding_reason_code = decision.reason_code
        row.is_deciding_override = decision.is_override


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0009_what_was_judged_is_kept"),
        ("opportunities", "0021_the_trail_is_kept_and_names_nobody"),
    ]

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
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
