"""The practice of a template in NFC, as that of a deal is; two active ones stay two."""

from unicodedata import is_normalized, normalize

from django.db import migrations


def compose(apps, schema_editor):
    templates = apps.get_model("assessments", "AssessmentTemplate").objects
    for template in templates.exclude(practice=""):
        practice = normalize("NFC", template.practice)
        is_taken = templates.filter(practice=practice, status="ACTIVE").exists()
        if is_normalized("NFC", template.practice) or (template.status == "ACTIVE" and is_taken):
            continue
        templates.filter(pk=template.pk).update(practice=practice)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_every_currency_keeps_its_decimals")]

    operations = [migrations.RunPython(compose, migrations.RunPython.noop)]
