"""Make the tables at once in a new database; one that has old migrations goes on with those.

It does what is left to do where there are no rows: it skips the old ones that only mend rows.
"""

from importlib import import_module

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import opportunities.domain.amounts
import opportunities.domain.deadlines
import opportunities.models.search_text
import uuid
from django.conf import settings
from django.db import migrations, models


def of(name, forwards, backwards):
    """Return a step of an old migration."""
    old = import_module(f"opportunities.migrations.{name}")
    undo = getattr(old, backwards) if backwards else migrations.RunPython.noop
    return migrations.RunPython(getattr(old, forwards), undo)


class Migration(migrations.Migration):

    replaces = [
        ('opportunities', '0001_opportunity'),
        ('opportunities', '0002_where_a_deal_stands'),
        ('opportunities', '0003_people_and_trail'),
        ('opportunities', '0004_trail_is_append_only'),
        ('opportunities', '0005_roles'),
        ('opportunities', '0006_known_deals_find_their_place'),
        ('opportunities', '0007_search_by_parts_of_words'),
        ('opportunities', '0008_settling_a_condition_is_an_event_of_its_own'),
        ('opportunities', '0009_a_change_of_the_crm_can_be_accepted'),
        ('opportunities', '0010_a_material_change_says_that_it_is_one'),
        ('opportunities', '0011_fewer_indexes_for_a_sync_to_keep'),
        ('opportunities', '0012_the_customers_sector'),
        ('opportunities', '0013_every_currency_keeps_its_decimals'),
        ('opportunities', '0014_notices_to_be_sent'),
        ('opportunities', '0015_states_and_decisions_have_one_word'),
        ('opportunities', '0016_what_a_search_looks_in'),
        ('opportunities', '0017_names_sort_as_people_sort_them'),
        ('opportunities', '0018_when_oracle_was_asked_for_it'),
        ('opportunities', '0019_text_is_composed_and_every_zone_can_show_each_moment'),
        ('opportunities', '0020_rights_to_comment_export_and_refresh'),
        ('opportunities', '0021_the_trail_is_kept_and_names_nobody'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('audit', '0003_what_is_on_record_is_kept'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opportunity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('remote_id', models.CharField(help_text="Oracle's OptyId, as text.", max_length=30, verbose_name='CRM id')),
                ('opty_number', models.CharField(max_length=60, null=True, verbose_name='number')),
                ('name', models.CharField(max_length=500)),
                ('customer', models.CharField(max_length=500, null=True)),
                ('practice', models.CharField(max_length=255, null=True)),
                ('geo', models.CharField(max_length=255, null=True, verbose_name='geography')),
                ('deal_value', opportunities.domain.amounts.AmountField(decimal_places=4, help_text="In the deal's own currency; empty where the CRM has none.", max_digits=20, null=True)),
                ('currency', models.CharField(max_length=15, null=True)),
                ('win_probability', models.DecimalField(decimal_places=2, help_text='Percent, as sales sees it.', max_digits=5, null=True)),
                ('stage', models.CharField(max_length=255, null=True, verbose_name='sales stage')),
                ('crm_status', models.CharField(max_length=60, null=True, verbose_name='CRM status')),
                ('sales_owner', models.CharField(max_length=255, null=True)),
                ('close_date', models.DateField(help_text='When sales expects the customer to decide.', null=True)),
                ('crm_created_at', models.DateTimeField(null=True, verbose_name='created in CRM')),
                ('crm_updated_at', models.DateTimeField(verbose_name='updated in CRM')),
                ('extra', models.JSONField(blank=True, default=dict, help_text='Further CRM attributes this company asks for.')),
                ('first_seen_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('last_synced_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='When a sync last brought something new for this record.')),
                ('removed_in_crm_at', models.DateTimeField(editable=False, null=True, verbose_name='removed in CRM')),
                ('removal_reason', models.CharField(blank=True, choices=[('GONE', 'No longer in the CRM'), ('HIDDEN', 'No longer visible to our CRM user')], default='', editable=False, max_length=10)),
                ('workflow_status', models.CharField(choices=[('NEW', 'New'), ('ASSIGNED', 'Assigned'), ('IN_ASSESSMENT', 'In assessment'), ('IN_REVIEW', 'In review'), ('RETURNED', 'Returned'), ('CONDITIONAL', 'Conditional'), ('APPROVED', 'Bid'), ('NO_BID', 'No bid'), ('ON_HOLD', 'On hold'), ('CLOSED_IN_CRM', 'Closed in CRM')], default='NEW', editable=False, max_length=20)),
                ('status_before_close', models.CharField(blank=True, choices=[('NEW', 'New'), ('ASSIGNED', 'Assigned'), ('IN_ASSESSMENT', 'In assessment'), ('IN_REVIEW', 'In review'), ('RETURNED', 'Returned'), ('CONDITIONAL', 'Conditional'), ('APPROVED', 'Bid'), ('NO_BID', 'No bid'), ('ON_HOLD', 'On hold'), ('CLOSED_IN_CRM', 'Closed in CRM')], default='', editable=False, help_text='Comes back when the CRM reopens the deal.', max_length=20)),
                ('sa_notes', models.TextField(blank=True, default='', verbose_name='SA notes')),
                ('assigned_sa', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assigned_opportunities', to=settings.AUTH_USER_MODEL, verbose_name='assigned SA')),
                ('assigned_at', models.DateTimeField(editable=False, null=True)),
                ('bid_due_on', models.DateField(blank=True, help_text='When the customer wants the bid.', null=True, verbose_name='bid due')),
                ('clock_started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='Later by every pause since.')),
                ('crm_outcome', models.CharField(choices=[('OPEN', 'Open'), ('WON', 'Won'), ('LOST', 'Lost'), ('CANCELLED', 'Cancelled'), ('UNKNOWN', 'Closed, outcome unknown')], default='OPEN', editable=False, max_length=10, verbose_name='outcome in CRM')),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('decision', models.CharField(choices=[('NONE', 'None yet'), ('BID', 'Bid'), ('CONDITIONAL', 'Conditional'), ('NO_BID', 'No bid')], default='NONE', editable=False, max_length=12)),
                ('due_at', models.DateTimeField(default=opportunities.domain.deadlines.first_due_at, editable=False, help_text='When the present state should end; counts only in a state with a clock.', null=True, verbose_name='due')),
                ('due_soon_at', models.DateTimeField(default=opportunities.domain.deadlines.first_due_soon_at, editable=False, help_text='When three quarters of the working time are gone.', null=True)),
                ('facts_at_submission', models.JSONField(editable=False, help_text='What the CRM said when it was submitted, decided without scoring, or its change accepted.', null=True)),
                ('first_approved_by', models.ForeignKey(db_index=False, editable=False, help_text='While a second approval is awaited.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first_assessment_at', models.DateTimeField(editable=False, null=True)),
                ('held_at', models.DateTimeField(editable=False, null=True)),
                ('hold_review_on', models.DateField(editable=False, null=True, verbose_name='review the hold on')),
                ('is_reopened', models.BooleanField(default=False, editable=False, help_text='The CRM reopened it, and nobody here has taken it up since.')),
                ('is_unscored_decision', models.BooleanField(default=False, editable=False, verbose_name='decided without scoring')),
                ('lock_version', models.PositiveIntegerField(default=0, editable=False, help_text='Counts the moves; who acts on an older one is told.')),
                ('needs_requalification', models.BooleanField(default=False, editable=False, help_text='The CRM changed what the scoring or the decision stands on.')),
                ('requalification_changes', models.JSONField(default=list, editable=False, help_text='{field, old, new, at} for each such change.')),
                ('status_before_hold', models.CharField(choices=[('NEW', 'New'), ('ASSIGNED', 'Assigned'), ('IN_ASSESSMENT', 'In assessment'), ('IN_REVIEW', 'In review'), ('RETURNED', 'Returned'), ('CONDITIONAL', 'Conditional'), ('APPROVED', 'Bid'), ('NO_BID', 'No bid'), ('ON_HOLD', 'On hold'), ('CLOSED_IN_CRM', 'Closed in CRM')], default='', editable=False, max_length=20)),
                ('status_entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('submitted_at', models.DateTimeField(editable=False, null=True)),
                ('sector', models.CharField(help_text="The customer's industry, such as public sector.", max_length=255, null=True)),
                ('search_text', opportunities.models.search_text.SearchTextField(default='', editable=False, help_text='What a search looks in; see opportunities/models/search_text.py.')),
                ('asked_at', models.DateTimeField(editable=False, help_text='When a sync last asked Oracle for it by itself, as the list did not show it.', null=True, verbose_name='asked for')),
            ],
            options={
                'verbose_name_plural': 'opportunities',
                'db_table': 'opportunities',
                'ordering': ['-crm_updated_at', '-id'],
                'permissions': [('comment_opportunity', 'Can comment on opportunities'), ('export_opportunity', 'Can export opportunities'), ('refresh_opportunity', 'Can refresh opportunities from the CRM')],
                'indexes': [models.Index(fields=['workflow_status', 'close_date'], name='opp_workflow_close'), models.Index(fields=['-crm_updated_at', '-id'], name='opp_newest_first'), models.Index(fields=['opty_number'], name='opp_number'), models.Index(fields=['practice'], name='opp_practice'), models.Index(fields=['geo'], name='opp_geo'), models.Index(fields=['sector'], name='opp_sector'), models.Index(fields=['stage'], name='opp_stage'), models.Index(fields=['crm_status'], name='opp_crm_status'), models.Index(fields=['sales_owner'], name='opp_sales_owner'), models.Index(fields=['deal_value'], name='opp_deal_value'), models.Index(fields=['close_date'], name='opp_close_date'), models.Index(condition=models.Q(('assigned_sa__isnull', False)), fields=['assigned_sa'], name='opp_assigned_sa'), models.Index(condition=models.Q(('removed_in_crm_at__isnull', False)), fields=['removed_in_crm_at'], name='opp_removed')],
                'constraints': [models.UniqueConstraint(fields=('remote_id',), name='opp_remote_id')],
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
            name='OpportunityEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('action', models.CharField(choices=[('ASSIGN', 'Assign'), ('CLAIM', 'Claim'), ('REASSIGN', 'Reassign'), ('UNASSIGN', 'Unassign'), ('DECLINE', 'Decline'), ('START', 'Start assessment'), ('SUBMIT', 'Submit'), ('WITHDRAW', 'Withdraw'), ('RETURN', 'Return'), ('FIRST_APPROVAL', 'Give first approval'), ('APPROVE', 'Approve'), ('APPROVE_WITH_CONDITIONS', 'Approve with conditions'), ('DECIDE_NO_BID', 'No bid'), ('QUICK_NO_BID', 'Quick no bid'), ('CONDITIONS_MET', 'Conditions met'), ('CONDITIONS_FAILED', 'Conditions failed'), ('HOLD', 'Put on hold'), ('RESUME', 'Resume'), ('REQUALIFY', 'Re-qualify'), ('ACCEPT_CRM_CHANGE', "Accept the CRM's change"), ('CLOSE_FROM_CRM', 'Closed in CRM'), ('REOPEN_FROM_CRM', 'Reopened in CRM'), ('COMMENT', 'Comment'), ('NOTES', 'Notes changed'), ('BID_DUE', 'Bid due date changed'), ('CONDITION', 'Condition settled'), ('CRM_CHANGE', 'Material change in CRM')], max_length=30)),
                ('from_status', models.CharField(choices=[('NEW', 'New'), ('ASSIGNED', 'Assigned'), ('IN_ASSESSMENT', 'In assessment'), ('IN_REVIEW', 'In review'), ('RETURNED', 'Returned'), ('CONDITIONAL', 'Conditional'), ('APPROVED', 'Bid'), ('NO_BID', 'No bid'), ('ON_HOLD', 'On hold'), ('CLOSED_IN_CRM', 'Closed in CRM')], max_length=20)),
                ('to_status', models.CharField(choices=[('NEW', 'New'), ('ASSIGNED', 'Assigned'), ('IN_ASSESSMENT', 'In assessment'), ('IN_REVIEW', 'In review'), ('RETURNED', 'Returned'), ('CONDITIONAL', 'Conditional'), ('APPROVED', 'Bid'), ('NO_BID', 'No bid'), ('ON_HOLD', 'On hold'), ('CLOSED_IN_CRM', 'Closed in CRM')], max_length=20)),
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
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='In its Message-ID, by which a mail that comes twice can be recognised.', unique=True)),
                ('address', models.EmailField(help_text='Where it went, or is to go.', max_length=254)),
                ('subject', models.CharField(max_length=400)),
                ('state', models.CharField(choices=[('WAITING', 'Waiting'), ('SENT', 'Sent'), ('GIVEN_UP', 'Given up')], default='WAITING', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='not tried before')),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_failure', models.TextField(default='', help_text='In the words of the mail server.')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='opportunities.opportunityevent')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'e-mail notice',
                'db_table': 'notices',
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'WAITING')), fields=['next_try_at', 'id'], name='notice_waiting')],
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
        of("0005_roles", "make_groups", None),
        of("0017_names_sort_as_people_sort_them", "collate", "back_to_the_servers"),
        of("0021_the_trail_is_kept_and_names_nobody", "keep_table", None),
    ]
