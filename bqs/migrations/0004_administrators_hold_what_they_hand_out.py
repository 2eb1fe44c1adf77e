from django.db import migrations

ROLES = ["SA", "SA lead", "Bid manager", "Sales owner", "Viewer"]


def give_rights(apps, schema_editor):
    """Who hands out a role holds its rights; what one may decide is a matter of the role itself."""
    group = apps.get_model("auth", "Group").objects.filter(name="Administrator").first()
    rights = apps.get_model("auth", "Permission").objects.filter(group__name__in=ROLES)
    if group:
        group.permissions.add(*rights.distinct())


class Migration(migrations.Migration):
    dependencies = [("bqs", "0003_who_comments_exports_and_refreshes")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
