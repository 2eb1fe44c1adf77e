"""Make the tables at once in a new database; one that has old migrations goes on with those.

It does what is left to do where there are no rows: it skips the old ones that only mend rows.
"""

from importlib import import_module

from django.db import migrations, models


def of(name, forwards, backwards):
    """Return a step of an old migration."""
    old = import_module(f"bqs.migrations.{name}")
    undo = getattr(old, backwards) if backwards else migrations.RunPython.noop
    return migrations.RunPython(getattr(old, forwards), undo)


class Migration(migrations.Migration):

    replaces = [
        ('bqs', '0001_what_roles_look_at'),
        ('bqs', '0002_who_looks_after_notices'),
        ('bqs', '0003_who_comments_exports_and_refreshes'),
        ('bqs', '0004_administrators_hold_what_they_hand_out'),
        ('bqs', '0005_a_demo_marks_its_database'),
        ('bqs', '0006_auditors_read_everything'),
    ]

    initial = True

    dependencies = [
        ('assessments', '0009_what_was_judged_is_kept'),
        ('audit', '0003_what_is_on_record_is_kept'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('opportunities', '0021_the_trail_is_kept_and_names_nobody'),
        ('sync', '0009_attributes_asked_for'),
    ]

    operations = [
        migrations.CreateModel(
            name='DemoMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.JSONField(default=list, help_text='Ids of the accounts.')),
            ],
            options={
                'db_table': 'demo_mark',
            },
        ),
        of("0001_what_roles_look_at", "give_rights", None),
        of("0002_who_looks_after_notices", "give_rights", None),
        of("0003_who_comments_exports_and_refreshes", "give_rights", None),
        of("0004_administrators_hold_what_they_hand_out", "give_rights", None),
        of("0006_auditors_read_everything", "make_auditors", None),
    ]
