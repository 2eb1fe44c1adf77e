from django.contrib.auth.management import create_permissions
from django.db import migrations

TEMPLATE_MODELS = [
    "assessmenttemplate",
    "criteriongroup",
    "criterion",
    "ratinganchor",
    "knockout",
    "scoreband",
    "recommendationcap",
]
RECORD_MODELS = [
    "assessment",
    "answer",
    "knockoutanswer",
    "reviewcomment",
    "decision",
    "condition",
]
READERS = ["SA", "SA lead", "Bid manager", "Sales owner", "Viewer", "Administrator"]


def give_rights(apps, schema_editor):
    """Everybody looks, administrators edit templates; who may answer and decide is no permission."""
    _make_permissions(apps)
    look = [f"view_{model}" for model in TEMPLATE_MODELS + RECORD_MODELS]
    edit = [f"{verb}_{model}" for verb in ("add", "change", "delete") for model in TEMPLATE_MODELS]
    for name in READERS:
        _give(apps, name, look)
    _give(apps, "Administrator", edit)


def _give(apps, name, codenames):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="assessments", codename__in=codenames
    )
    group.permissions.add(*permissions)


def _make_permissions(apps):
    """Django makes them after all migrations, which is too late here."""
    config = apps.get_app_config("assessments")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_standard_template"),
        ("opportunities", "0005_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
