"""Make the tables at once in a new database; one that has old migrations goes on with those.

It does what is left to do where there are no rows: it skips the old ones that only mend rows.
"""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('sync', '0001_sync_log_changes_rejected'),
        ('sync', '0002_reconciliation_and_unmapped_attributes'),
        ('sync', '0003_what_a_complete_run_left_in_the_mirror'),
        ('sync', '0004_unmapped_statuses'),
        ('sync', '0005_removals_waiting'),
        ('sync', '0006_remarks_and_absent_attributes'),
        ('sync', '0007_refused_login'),
        ('sync', '0008_when_a_rejected_record_was_asked_for'),
        ('sync', '0009_attributes_asked_for'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('opportunities', '0021_the_trail_is_kept_and_names_nobody'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('is_equal', models.BooleanField()),
                ('figures', models.JSONField(help_text='By currency and stage: records and deal values, in the source and here.')),
                ('differing', models.JSONField(help_text='CRM id -> what is not the same.')),
            ],
            options={
                'db_table': 'reconciliations',
                'ordering': ['-taken_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RefusedLogin',
            fields=[
                ('fingerprint', models.CharField(help_text='Of the credentials, which are not stored.', max_length=64, primary_key=True, serialize=False)),
                ('refused_at', models.DateTimeField()),
                ('advice', models.TextField(help_text='What to change.')),
            ],
            options={
                'db_table': 'refused_logins',
            },
        ),
        migrations.CreateModel(
            name='SyncLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sync_type', models.CharField(choices=[('FULL', 'Full'), ('INCREMENTAL', 'Incremental')], max_length=12)),
                ('status', models.CharField(choices=[('RUNNING', 'Running'), ('SUCCESS', 'Success'), ('PARTIAL', 'Partial'), ('FAILED', 'Failed')], default='RUNNING', max_length=8)),
                ('trigger', models.CharField(choices=[('CRON', 'Schedule'), ('COMMAND', 'Command line'), ('API', 'API'), ('ADMIN', 'Admin')], default='COMMAND', max_length=8)),
                ('total_fetched', models.PositiveIntegerField(default=0, verbose_name='fetched')),
                ('new_records', models.PositiveIntegerField(default=0, verbose_name='new')),
                ('updated_records', models.PositiveIntegerField(default=0, verbose_name='updated')),
                ('unchanged_records', models.PositiveIntegerField(default=0, verbose_name='unchanged')),
                ('failed_records', models.PositiveIntegerField(default=0, verbose_name='failed')),
                ('removed_records', models.PositiveIntegerField(default=0, verbose_name='removed')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('completed_at', models.DateTimeField(null=True)),
                ('duration_seconds', models.FloatField(null=True, verbose_name='duration')),
                ('pages', models.PositiveIntegerField(default=0)),
                ('requests', models.PositiveIntegerField(default=0)),
                ('retries', models.PositiveIntegerField(default=0)),
                ('watermark', models.DateTimeField(help_text='Every change Oracle stamped up to here is in the mirror; set only by a run that read every page it set out to read.', null=True)),
                ('error_message', models.TextField(blank=True, default='', verbose_name='message')),
                ('process_id', models.PositiveIntegerField(editable=False, null=True)),
                ('user', models.ForeignKey(blank=True, help_text='Who asked for it; empty for the schedule and the command line.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unmapped_attributes', models.JSONField(default=list, help_text="The tenant's own (_c) attributes that a full run found and no setting names.", verbose_name='attributes not taken over')),
                ('mirror_records', models.PositiveIntegerField(editable=False, help_text='Of a run with a watermark: how many it left.', null=True)),
                ('mirror_synced_at', models.DateTimeField(editable=False, help_text='And the newest last_synced_at among them.', null=True)),
                ('unmapped_statuses', models.JSONField(default=list, help_text='Met in this run and named by no ORACLE_…_STATUS_CODES setting; they count as open.', verbose_name='CRM statuses without a meaning')),
                ('removals_waiting', models.PositiveIntegerField(help_text='Of a full run that looked for removals: how many were too many to be flagged unasked, and wait for a person.', null=True)),
                ('absent_attributes', models.JSONField(default=list, help_text='Named by a setting or by the usual mapping; their columns stay as they are.', verbose_name='attributes the tenant does not have')),
                ('remarks', models.JSONField(default=list, help_text='What was otherwise than expected and cost no record, one sentence each.')),
                ('attributes', models.JSONField(default=list, editable=False, help_text='What it asked Oracle for; an incremental run begins with what the last complete one knew.', verbose_name='attributes asked for')),
            ],
            options={
                'db_table': 'sync_logs',
                'ordering': ['-started_at', '-id'],
                'permissions': [('trigger_sync', 'Can start a sync')],
                'get_latest_by': 'started_at',
                'indexes': [models.Index(fields=['-started_at', '-id'], name='sync_newest_first')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'RUNNING')), fields=('status',), name='sync_one_running'), models.CheckConstraint(condition=models.Q(('status', 'RUNNING'), ('total_fetched', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('new_records'), '+', models.F('updated_records')), '+', models.F('unchanged_records')), '+', models.F('failed_records'))), _connector='OR'), name='sync_counts_add_up')],
            },
        ),
        migrations.CreateModel(
            name='RejectedRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('remote_id', models.CharField(db_index=True, max_length=30, null=True, verbose_name='CRM id')),
                ('fingerprint', models.CharField(editable=False, help_text='Its CRM id, or a digest of a record without one.', max_length=64)),
                ('field', models.CharField(blank=True, help_text="Oracle's attribute.", max_length=100)),
                ('reason', models.TextField()),
                ('payload', models.JSONField(help_text='What Oracle sent; very long texts are cut.')),
                ('first_seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tries', models.PositiveIntegerField(default=1)),
                ('resolved', models.BooleanField(default=False, help_text='It went through in a later run.')),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('ignored_reason', models.TextField(blank=True, default='', help_text='Why it no longer makes a run partial.')),
                ('ignored_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sync_log', models.ForeignKey(help_text='The run that saw it last.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rejected', to='sync.synclog')),
                ('asked_at', models.DateTimeField(editable=False, help_text='When a sync last asked Oracle for it by itself.', null=True)),
            ],
            options={
                'db_table': 'rejected_records',
                'ordering': ['-last_seen_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('resolved', False)), fields=('fingerprint',), name='rejected_one_open')],
            },
        ),
        migrations.CreateModel(
            name='OpportunityChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=100)),
                ('old', models.TextField(null=True)),
                ('new', models.TextField(null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='opportunities.opportunity')),
                ('sync_log', models.ForeignKey(help_text='Empty where a single record was refreshed on demand.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='changes', to='sync.synclog')),
            ],
            options={
                'db_table': 'opportunity_changes',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['opportunity', '-at', '-id'], name='change_timeline')],
            },
        ),
    ]
