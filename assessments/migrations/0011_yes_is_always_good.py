"""Ask the knock-out checks so that Yes is good: version 2 of the standard template."""

import json
from importlib import import_module

from django.db import migrations
from django.db.models import Max
from django.utils import timezone

from assessments.drafts.template_document import document_of, write_document

STANDARD = import_module("assessments.migrations.0002_standard_template").STANDARD
FORMER_TEXTS = {
    "CONFLICT": "No conflict of interest, sanction or exclusivity stands in the way",
    "REDLINE": "No contract term is both unacceptable and declared non-negotiable",
}


def rewrite_knockouts(apps, schema_editor):
    """Replace version 1 where it is active as it came; drafts and submitted versions keep theirs.

    A new database has version 2 from the start.
    """
    templates = apps.get_model("assessments", "AssessmentTemplate").objects
    active = templates.filter(code="standard", version=1, status="ACTIVE").first()
    document = json.loads(STANDARD.read_text(encoding="utf-8"))
    if active is None or document_of(active) != former(document):
        return
    newest = templates.filter(code="standard").aggregate(version=Max("version"))["version"]
    now = timezone.now()
    active.status, active.retired_at = "RETIRED", now
    active.save()
    template = write_document(document, apps.get_model, version=newest + 1)
    template.status, template.activated_at = "ACTIVE", now
    template.save()


def former(document):
    """Return version 1, which differs in two texts."""
    knockouts = [
        each | {"text": FORMER_TEXTS.get(each["code"], each["text"])}
        for each in document["knockouts"]
    ]
    return document | {"version": 1, "knockouts": knockouts}


class Migration(migrations.Migration):
    dependencies = [("assessments", "0010_scores_onto_opportunities")]

    operations = [migrations.RunPython(rewrite_knockouts, migrations.RunPython.noop, elidable=True)]
