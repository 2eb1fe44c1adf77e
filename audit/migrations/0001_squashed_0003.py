"""Make the tables at once in a new database; one that has old migrations goes on with those.

It does what is left to do where there are no rows: it skips the old ones that only mend rows.
"""

from importlib import import_module

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def of(name, forwards, backwards):
    """Return a step of an old migration."""
    old = import_module(f"audit.migrations.{name}")
    undo = getattr(old, backwards) if backwards else migrations.RunPython.noop
    return migrations.RunPython(getattr(old, forwards), undo)


class Migration(migrations.Migration):

    replaces = [
        ('audit', '0001_audit_events'),
        ('audit', '0002_seals'),
        ('audit', '0003_what_is_on_record_is_kept'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('position', models.BigIntegerField(help_text='1, 2, 3 ... without a gap.', primary_key=True, serialize=False)),
                ('kind', models.CharField(help_text='Of the source the row is from.', max_length=20)),
                ('key', models.BigIntegerField(help_text="The row's own.")),
                ('chain', models.CharField(help_text="The CRM's id of the deal, or audit.", max_length=64)),
                ('digest', models.CharField(help_text='Of the row.', max_length=64)),
                ('chain_hash', models.CharField(help_text="Of this and its predecessor's.", max_length=64)),
                ('hash', models.CharField(help_text='Of this and the hash of the position before, whatever its chain.', max_length=64)),
                ('sealed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'seals',
                'ordering': ['position'],
                'indexes': [models.Index(fields=['chain', '-position'], name='seal_chain_head')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='sealed_once')],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('kind', models.CharField(max_length=40)),
                ('address', models.CharField(help_text='From where, as it was seen.', max_length=64)),
                ('request_id', models.CharField(max_length=64)),
                ('about_kind', models.CharField(help_text='app.model of what it is about.', max_length=60)),
                ('about_id', models.CharField(max_length=64)),
                ('details', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='No secrets; people by id.')),
                ('actor', models.ForeignKey(db_constraint=False, help_text='Empty for programs, and for whoever is not known.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'audit_events',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['-at', '-id'], name='audit_newest_first'), models.Index(fields=['kind', '-at'], name='audit_by_kind'), models.Index(fields=['about_kind', 'about_id'], name='audit_about')],
            },
        ),
        of("0003_what_is_on_record_is_kept", "make_functions", "drop_functions"),
        of("0003_what_is_on_record_is_kept", "keep_tables", "let_tables_go"),
    ]
