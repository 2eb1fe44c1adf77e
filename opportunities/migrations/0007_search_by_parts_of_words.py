from django.db import migrations

from opportunities.search_index import NoSearchIndex, make_search_index


def make_index(apps, schema_editor):
    """An empty table gets it after its first load: see opportunities/search_index.py."""
    if not apps.get_model("opportunities", "Opportunity").objects.exists():
        return
    try:
        make_search_index()
    except NoSearchIndex as reason:
        print(f"\n  {reason}")


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS opp_search")


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0006_known_deals_find_their_place")]
    operations = [migrations.RunPython(make_index, drop_index)]
