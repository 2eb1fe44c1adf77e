from django.contrib.auth.management import create_permissions
from django.db import migrations

LOOK = ["view_opportunity"]
WORK = [*LOOK, "change_opportunity"]
PEOPLE = [
    f"{verb}_{model}"
    for verb in ("view", "add", "change", "delete")
    for model in ("practicemembership", "profile")
]
RIGHTS = {
    "SA": WORK,
    "SA lead": WORK,
    "Bid manager": WORK,
    "Sales owner": LOOK,
    "Viewer": LOOK,
    "Administrator": [*LOOK, *PEOPLE],
}


def make_groups(apps, schema_editor):
    """With the rights to see and edit pages; what a role may decide stands in workflow.py."""
    _make_permissions(apps)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label="opportunities", codename__in=codenames
            )
        )


def _make_permissions(apps):
    """Django makes them after all migrations, which is too late here."""
    config = apps.get_app_config("opportunities")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("opportunities", "0004_trail_is_append_only"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # A group that people were put into is not taken away from them.
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
