import importlib

from django.db import migrations

COMMENTERS = ["SA", "SA lead", "Bid manager", "Sales owner"]
make_permissions = importlib.import_module("bqs.migrations.0001_what_roles_look_at")._make_permissions


def give_rights(apps, schema_editor):
    """What whoever saw opportunities could do becomes a right; who saw them by a role has it."""
    make_permissions(apps, "opportunities")
    own = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="opportunities", content_type__model="opportunity"
    )
    by_name = {each.codename: each for each in own}
    export, refresh = by_name["export_opportunity"], by_name["refresh_opportunity"]
    view = by_name["view_opportunity"]
    for group in apps.get_model("auth", "Group").objects.filter(permissions=view):
        group.permissions.add(export, refresh)
        if group.name in COMMENTERS:
            group.permissions.add(by_name["comment_opportunity"])
    for user in apps.get_model("auth", "User").objects.filter(user_permissions=view):
        user.user_permissions.add(export, refresh)


class Migration(migrations.Migration):
    dependencies = [
        ("bqs", "0002_who_looks_after_notices"),
        ("opportunities", "0020_rights_to_comment_export_and_refresh"),
    ]

    # A right that somebody gave on purpose is not taken away again.
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
