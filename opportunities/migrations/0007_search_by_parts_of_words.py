from django.db import migrations, transaction
from django.db.utils import DatabaseError

COLUMNS = ("remote_id", "opty_number", "name", "customer", "sales_owner")
# As Django writes icontains, so that PostgreSQL recognises it.
PARTS = ", ".join(f"UPPER({column}::text) gin_trgm_ops" for column in COLUMNS)


def make_index(apps, schema_editor):
    """Only PostgreSQL has it; elsewhere, and where the extension may not be made, search scans."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as error:
        print(
            f"\n  Search works, and reads every row: pg_trgm could not be made ({error}). "
            "Ask the database's owner for CREATE EXTENSION pg_trgm."
        )
        return
    schema_editor.execute(f"CREATE INDEX opp_search ON opportunities USING gin ({PARTS})")


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS opp_search")


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0006_known_deals_find_their_place")]
    operations = [migrations.RunPython(make_index, drop_index)]
