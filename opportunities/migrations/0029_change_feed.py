"""Note the last change of each opportunity and event for the change feed, by triggers."""

import importlib

from django.db import migrations, models

from opportunities.feed.triggers import Followed, follow, leave

FOLLOWED = (
    Followed("opportunities", "opportunity"),
    Followed("opportunity_events", "event"),
)
make_permissions = importlib.import_module("opportunities.migrations.0005_roles")._make_permissions


def follow_tables(apps, schema_editor):
    for each in FOLLOWED:
        follow(schema_editor, each)


def leave_tables(apps, schema_editor):
    for each in FOLLOWED:
        leave(schema_editor, each)


def let_it_be_read(apps, schema_editor):
    """By those who read everything, and who hand the right out to programs."""
    make_permissions(apps)
    right = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="opportunities", codename="read_feed"
    )
    Group = apps.get_model("auth", "Group").objects
    for name in ("Administrator", "Auditor"):
        Group.get_or_create(name=name)[0].permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0028_absences")]

    operations = [
        migrations.CreateModel(
            name="FeedPosition",
            fields=[
                ("position", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(help_text="Such as opportunity; see feed/kinds.py.", max_length=12)),
                ("object_id", models.BigIntegerField()),
                ("deal", models.CharField(help_text="The CRM id of the opportunity.", max_length=30)),
                ("transaction_id", models.BigIntegerField(help_text="PostgreSQL's number of the transaction that made the change; 0 on SQLite.")),
                ("changed_at", models.DateTimeField()),
                ("is_gone", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "feed_positions",
                "ordering": ["transaction_id", "position"],
                "permissions": [("read_feed", "Can read the change feed")],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["transaction_id", "position"], name="feed_in_order"),
                    models.Index(condition=models.Q(("is_gone", True)), fields=["changed_at"], name="feed_gone"),
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "object_id"), name="feed_one_row_each")],
            },
        ),
        migrations.RunPython(follow_tables, leave_tables),
        migrations.RunPython(let_it_be_read, migrations.RunPython.noop),
    ]
