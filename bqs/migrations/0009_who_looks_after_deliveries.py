import importlib

from django.db import migrations

RIGHTS = {
    "Administrator": ["view_event", "view_delivery", "change_delivery"],
    "Auditor": ["view_event", "view_delivery"],
    "Bid manager": ["view_event", "view_delivery"],
}
make_permissions = importlib.import_module("bqs.migrations.0001_what_roles_look_at")._make_permissions


def give_rights(apps, schema_editor):
    """Who sees what was delivered, and who has it tried again: as with notices."""
    make_permissions(apps, "outbox")
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        rights = Permission.objects.filter(
            content_type__app_label="outbox", codename__in=codenames
        )
        group.permissions.add(*rights)


class Migration(migrations.Migration):
    dependencies = [("bqs", "0008_alarms"), ("outbox", "0002_jobs_take_turns")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
