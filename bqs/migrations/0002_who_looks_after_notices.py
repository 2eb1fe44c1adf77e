import importlib

from django.db import migrations

RIGHTS = {
    "Bid manager": ["view_notice"],
    "Administrator": ["view_notice", "change_notice"],
}
make_permissions = importlib.import_module("bqs.migrations.0001_what_roles_look_at")._make_permissions


def give_rights(apps, schema_editor):
    """Who sees which e-mail went out, and who has it sent again."""
    make_permissions(apps, "opportunities")
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label="opportunities", codename__in=codenames
            )
        )


class Migration(migrations.Migration):
    dependencies = [
        ("bqs", "0001_what_roles_look_at"),
        ("opportunities", "0014_notices_to_be_sent"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
