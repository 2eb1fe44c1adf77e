"""The trail refuses TRUNCATE, too, on SQLite UPDATE and DELETE; people stand in it by their ids."""

from importlib import import_module

from django.db import migrations

from audit.triggers import keep, let_go

TABLE = "opportunity_events"
PEOPLE = ("assigned_sa", "first_approved_by")


def name_by_id(apps, schema_editor):
    """A name that no account has stays, as somebody's who cannot be erased here."""
    let_go(schema_editor, TABLE)
    ids = dict(apps.get_model("auth", "User").objects.values_list("username", "pk"))
    events = apps.get_model("opportunities", "OpportunityEvent").objects
    for field in PEOPLE:
        for event in events.filter(changes__has_key=field).iterator(chunk_size=2000):
            changes = event.changes | {field: [ids.get(who, who) for who in event.changes[field]]}
            events.filter(pk=event.pk).update(changes=changes)


def keep_table(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS opportunity_events_are_kept")
    keep(schema_editor, TABLE)


def let_table_go(apps, schema_editor):
    let_go(schema_editor, TABLE)
    import_module("opportunities.migrations.0004_trail_is_append_only").keep(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_what_is_on_record_is_kept"),
        ("opportunities", "0020_rights_to_comment_export_and_refresh"),
    ]

    operations = [
        migrations.RunPython(name_by_id, migrations.RunPython.noop),
        migrations.RunPython(keep_table, let_table_go),
    ]
