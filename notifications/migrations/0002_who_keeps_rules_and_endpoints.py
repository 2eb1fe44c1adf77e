import importlib

from django.db import migrations

make_permissions = importlib.import_module("bqs.migrations.0001_what_roles_look_at")._make_permissions


def give_rights(apps, schema_editor):
    """Administrators keep rules and endpoints; auditors read the rules."""
    make_permissions(apps, "notifications")
    of_app = {"content_type__app_label": "notifications"}
    rights = apps.get_model("auth", "Permission").objects.filter(**of_app)
    Group = apps.get_model("auth", "Group").objects
    kept = rights.filter(content_type__model__in=["rule", "endpoint"])
    Group.get_or_create(name="Administrator")[0].permissions.add(*kept)
    read = rights.filter(codename__in=["view_rule", "view_endpoint"])
    Group.get_or_create(name="Auditor")[0].permissions.add(*read)


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_rules_endpoints_and_preferences"),
        ("bqs", "0008_alarms"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
