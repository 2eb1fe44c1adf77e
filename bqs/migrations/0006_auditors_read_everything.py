import importlib

from django.db import migrations

VIEWED = {
    "audit": ("auditevent",),
    "opportunities": ("opportunity", "opportunityevent", "notice"),
    "assessments": ("assessment", "assessmenttemplate", "decision", "condition"),
    "sync": ("synclog", "rejectedrecord", "reconciliation"),
    "auth": ("user", "group"),
}
make_permissions = importlib.import_module("bqs.migrations.0001_what_roles_look_at")._make_permissions


def make_auditors(apps, schema_editor):
    """They read the trail, the audit, the syncs and the decisions, and do no work."""
    Permission = apps.get_model("auth", "Permission").objects
    Group = apps.get_model("auth", "Group").objects
    # Administrators hold what they hand out.
    groups = [Group.get_or_create(name=name)[0] for name in ("Auditor", "Administrator")]
    for app, models in VIEWED.items():
        make_permissions(apps, app)
        names = ["export_opportunity", *(f"view_{model}" for model in models)]
        rights = Permission.filter(content_type__app_label=app, codename__in=names)
        for group in groups:
            group.permissions.add(*rights)



class Migration(migrations.Migration):
    dependencies = [
        ("bqs", "0005_a_demo_marks_its_database"),
        ("audit", "0003_what_is_on_record_is_kept"),
    ]

    # A group that people were put into is not taken away from them.
    operations = [migrations.RunPython(make_auditors, migrations.RunPython.noop)]
