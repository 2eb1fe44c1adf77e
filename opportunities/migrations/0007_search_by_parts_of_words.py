from django.db import migrations


def make_index(apps, schema_editor):
    """The index is made of another column now, by 0016_what_a_search_looks_in."""


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS opp_search")


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0006_known_deals_find_their_place")]
    operations = [migrations.RunPython(make_index, drop_index)]
