"""Put on opportunities the scores and decisions that were there before their columns."""

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
        ("opportunities", "0022_score_and_decision_beside_the_deal"),
    ]

    # Backwards the values stay: they are right as long as their columns are there.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
