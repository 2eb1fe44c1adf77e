from django.db import migrations

from opportunities.lists.search_index import NoSearchIndex, make_search_index
from opportunities.models.search_text import SEARCHED, SearchTextField, search_text_of

AT_ONCE = 2000


def fill(apps, schema_editor):
    rows = apps.get_model("opportunities", "Opportunity").objects
    changed = []
    for row in rows.only("pk", *SEARCHED).order_by("pk").iterator(AT_ONCE):
        row.search_text = search_text_of({name: getattr(row, name) for name in SEARCHED})
        changed.append(row)
        if len(changed) == AT_ONCE:
            rows.bulk_update(changed, ["search_text"])
            changed = []
    rows.bulk_update(changed, ["search_text"])


def make_index(apps, schema_editor):
    """An empty table gets it after its first load: see opportunities/lists/search_index.py."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("DROP INDEX IF EXISTS opp_search")
    if not apps.get_model("opportunities", "Opportunity").objects.exists():
        return
    try:
        make_search_index()
    except NoSearchIndex as reason:
        print(f"\n  {reason}")


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0015_states_and_decisions_have_one_word")]
    operations = [
        migrations.AddField(
            "opportunity",
            "search_text",
            SearchTextField(help_text="What a search looks in; see opportunities/models/search_text.py."),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
