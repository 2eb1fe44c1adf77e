import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('opportunities', '0002_where_a_deal_stands'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('crm_owner_name', models.CharField(blank=True, default='', help_text="As the CRM writes it as sales owner; makes a sales owner's deals their own.", max_length=255, verbose_name='name in the CRM')),
                ('wants_notices', models.BooleanField(default=True, verbose_name='gets e-mail notices')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'profiles',
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='opportunities.opportunity')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'assignments',
                'ordering': ['-started_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('opportunity',), name='assignment_one_running')],
            },
        ),
        migrations.CreateModel(
            name='LastLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='last_looks', to='opportunities.opportunity')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='last_looks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'last_looks',
                'constraints': [models.UniqueConstraint(fields=('user', 'opportunity'), name='last_look_once')],
            },
        ),
        migrations.CreateModel(
            name='OpportunityEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('action', models.CharField(choices=[('ASSIGN', 'Assign'), ('CLAIM', 'Claim'), ('REASSIGN', 'Reassign'), ('UNASSIGN', 'Unassign'), ('DECLINE', 'Decline'), ('START', 'Start assessment'), ('SUBMIT', 'Submit'), ('WITHDRAW', 'Withdraw'), ('RETURN', 'Return'), ('FIRST_APPROVAL', 'Give first approval'), ('APPROVE', 'Approve'), ('APPROVE_WITH_CONDITIONS', 'Approve with conditions'), ('DECIDE_NO_BID', 'No bid'), ('QUICK_NO_BID', 'Quick no bid'), ('CONDITIONS_MET', 'Conditions met'), ('CONDITIONS_FAILED', 'Conditions failed'), ('HOLD', 'Put on hold'), ('RESUME', 'Resume'), ('REQUALIFY', 'Re-qualify'), ('CLOSE_FROM_CRM', 'Closed in CRM'), ('REOPEN_FROM_CRM', 'Reopened in CRM'), ('COMMENT', 'Comment'), ('NOTES', 'Notes changed'), ('BID_DUE', 'Bid due date changed'), ('CRM_CHANGE', 'Changed in CRM')], max_length=30)),
                ('from_status', models.CharField(choices=[('NEW', 'New'), ('ASSIGNED', 'Assigned'), ('IN_ASSESSMENT', 'In assessment'), ('IN_REVIEW', 'In review'), ('RETURNED', 'Returned'), ('CONDITIONAL', 'Conditional'), ('APPROVED', 'Approved'), ('NO_BID', 'No bid'), ('ON_HOLD', 'On hold'), ('CLOSED_IN_CRM', 'Closed in CRM')], max_length=20)),
                ('to_status', models.CharField(choices=[('NEW', 'New'), ('ASSIGNED', 'Assigned'), ('IN_ASSESSMENT', 'In assessment'), ('IN_REVIEW', 'In review'), ('RETURNED', 'Returned'), ('CONDITIONAL', 'Conditional'), ('APPROVED', 'Approved'), ('NO_BID', 'No bid'), ('ON_HOLD', 'On hold'), ('CLOSED_IN_CRM', 'Closed in CRM')], max_length=20)),
                ('reason', models.TextField(default='', help_text='Or what the comment says.')),
                ('reason_code', models.CharField(default='', max_length=40)),
                ('changes', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='field -> [old, new]')),
                ('channel', models.CharField(choices=[('SCREEN', 'Screen'), ('BULK', 'Bulk'), ('API', 'API'), ('SYNC', 'Sync')], max_length=6)),
                ('request_id', models.CharField(default='', max_length=64)),
                ('actor', models.ForeignKey(help_text='Empty for the sync.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('on_behalf_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opportunity', models.ForeignKey(db_column='remote_id', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='opportunities.opportunity', to_field='remote_id')),
            ],
            options={
                'db_table': 'opportunity_events',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['opportunity', '-at', '-id'], name='event_timeline'), models.Index(fields=['-at', '-id'], name='event_newest_first')],
            },
        ),
        migrations.CreateModel(
            name='PracticeMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice', models.CharField(max_length=255)),
                ('is_lead', models.BooleanField(default=False, verbose_name='leads it')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practice_memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'practice_memberships',
                'ordering': ['practice', 'user'],
                'constraints': [models.UniqueConstraint(fields=('user', 'practice'), name='membership_once')],
            },
        ),
    ]
