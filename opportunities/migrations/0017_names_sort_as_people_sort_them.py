from django.db import DatabaseError, migrations, transaction

COLLATION = "people"
NAMES = (
    "opty_number", "name", "customer", "practice", "geo", "sector", "stage", "crm_status",
    "currency", "sales_owner",
)  # fmt: skip
# kn: the number 9 before the number 10, as in "Phase 9".
OF_ICU = f"CREATE COLLATION IF NOT EXISTS {COLLATION} (provider = icu, locale = 'und-u-kn-true')"
WITHOUT_ICU = f"CREATE COLLATION IF NOT EXISTS {COLLATION} (locale = 'C')"


def collate(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    _make_collation(schema_editor)
    _alter(apps, schema_editor, f'COLLATE "{COLLATION}"')


def back_to_the_servers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        _alter(apps, schema_editor, 'COLLATE "default"')
        schema_editor.execute(f"DROP COLLATION {COLLATION}")


def _make_collation(schema_editor):
    try:
        with transaction.atomic():
            schema_editor.execute(OF_ICU)
    except DatabaseError as error:
        print(f"\n  Names sort by their bytes, since this PostgreSQL has no ICU: {error}")
        schema_editor.execute(WITHOUT_ICU)


def _alter(apps, schema_editor, collation):
    """No row is written anew, only the indexes of these columns."""
    model = apps.get_model("opportunities", "Opportunity")
    types = {name: model._meta.get_field(name).db_type(schema_editor.connection) for name in NAMES}
    columns = ", ".join(
        f'ALTER COLUMN "{name}" TYPE {type_} {collation}' for name, type_ in types.items()
    )
    schema_editor.execute(f"ALTER TABLE opportunities {columns}")


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0016_what_a_search_looks_in")]
    operations = [migrations.RunPython(collate, back_to_the_servers)]
