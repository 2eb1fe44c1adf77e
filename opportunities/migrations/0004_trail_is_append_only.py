from django.db import migrations

KEEP = """
CREATE FUNCTION opportunity_events_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Events are never changed or deleted. Write another one instead.';
END $$;
CREATE TRIGGER opportunity_events_are_kept BEFORE UPDATE OR DELETE ON opportunity_events
FOR EACH ROW EXECUTE FUNCTION opportunity_events_are_kept();
"""
LET_GO = """
DROP TRIGGER opportunity_events_are_kept ON opportunity_events;
DROP FUNCTION opportunity_events_are_kept;
"""


def keep(apps, schema_editor):
    """SQLite is for looking around and for tests; there the model alone keeps the trail."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(KEEP)


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(LET_GO)


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0003_people_and_trail")]

    operations = [migrations.RunPython(keep, let_go)]
