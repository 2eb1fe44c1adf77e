from django.db import migrations

from audit.triggers import drop_functions, keep, let_go, make_functions

TABLES = ("audit_events", "seals")


def keep_tables(apps, schema_editor):
    for table in TABLES:
        keep(schema_editor, table)


def let_tables_go(apps, schema_editor):
    let_go(schema_editor, *TABLES)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_seals")]

    operations = [
        migrations.RunPython(make_functions, drop_functions),
        migrations.RunPython(keep_tables, let_tables_go),
    ]
