from django.contrib.auth.management import create_permissions
from django.db import migrations

LOOK_AT_SYNCS = ["sync.view_synclog", "sync.view_reconciliation"]
LOOK_AT_RECORDS = [*LOOK_AT_SYNCS, "sync.view_rejectedrecord"]
LOOK_AT_SCORING = ["assessments.view_assessmenttemplate"]
KEEP_TEMPLATES = [f"assessments.{verb}_assessmenttemplate" for verb in ("add", "change", "delete")]
KEEP_PEOPLE = ["auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"]
RUN_SYNCS = ["sync.trigger_sync"]
RIGHTS = {
    "SA": LOOK_AT_RECORDS + LOOK_AT_SCORING,
    "SA lead": LOOK_AT_RECORDS + LOOK_AT_SCORING,
    "Bid manager": LOOK_AT_RECORDS + LOOK_AT_SCORING + RUN_SYNCS,
    "Sales owner": LOOK_AT_SYNCS,
    "Viewer": LOOK_AT_SYNCS + LOOK_AT_SCORING,
    "Administrator": LOOK_AT_RECORDS + LOOK_AT_SCORING + KEEP_TEMPLATES + KEEP_PEOPLE + RUN_SYNCS
    + ["sync.change_rejectedrecord"],
}


def give_rights(apps, schema_editor):
    """The pages each role may open; what it may decide stands in opportunities/domain/states.py."""
    for label in ("sync", "assessments", "auth"):
        _make_permissions(apps, label)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for label, codename in (right.split(".") for right in rights):
            group.permissions.add(
                *Permission.objects.filter(content_type__app_label=label, codename=codename)
            )


def _make_permissions(apps, label):
    """Django makes them after all migrations, which is too late here."""
    config = apps.get_app_config(label)
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("opportunities", "0005_roles"),
        ("assessments", "0001_assessments"),
        ("sync", "0002_reconciliation_and_unmapped_attributes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # A right that somebody gave on purpose is not taken away again.
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
