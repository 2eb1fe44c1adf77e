import json
from pathlib import Path

from django.db import migrations
from django.utils import timezone

from assessments.drafts.template_document import write_document

STANDARD = Path(__file__).with_name("standard_template.json")


def make_standard_template(apps, schema_editor):
    """Active at once, unless somebody has a template already."""
    if apps.get_model("assessments", "AssessmentTemplate").objects.exists():
        return
    document = json.loads(STANDARD.read_text(encoding="utf-8"))
    template = write_document(document, apps.get_model)
    template.status, template.activated_at = "ACTIVE", timezone.now()
    template.save()


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_assessments")]

    # Assessments may stand on it: going back leaves it, and coming again makes no second.
    operations = [migrations.RunPython(make_standard_template, migrations.RunPython.noop)]
