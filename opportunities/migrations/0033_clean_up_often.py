"""Let PostgreSQL clean up behind a sync long before a fifth of a table is dead, its own rule."""

from django.db import migrations

OFTEN = "SET (autovacuum_vacuum_scale_factor = 0.03)"
BY_DEFAULT = "RESET (autovacuum_vacuum_scale_factor)"


def change(how):
    def carry_out(apps, editor):
        if editor.connection.vendor == "postgresql":
            for table in ("opportunities", "feed_positions"):
                editor.execute(f"ALTER TABLE {table} {how}")

    return carry_out


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0032_indexes_for_long_lists")]
    operations = [migrations.RunPython(change(OFTEN), change(BY_DEFAULT))]
