from django.core.management import call_command
from django.db import migrations

TABLE = "shared_counts"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_preferences")]
    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
