"""Make the tables at once in a new database; one that has old migrations goes on with those.

It does what is left to do where there are no rows: it skips the old ones that only mend rows.
"""

from importlib import import_module

import assessments.models.template
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import opportunities.domain.amounts
from django.conf import settings
from django.db import migrations, models


def of(name, forwards, backwards):
    """Return a step of an old migration."""
    old = import_module(f"assessments.migrations.{name}")
    undo = getattr(old, backwards) if backwards else migrations.RunPython.noop
    return migrations.RunPython(getattr(old, forwards), undo)


class Migration(migrations.Migration):

    replaces = [
        ('assessments', '0001_assessments'),
        ('assessments', '0002_standard_template'),
        ('assessments', '0003_who_may_see_and_edit_templates'),
        ('assessments', '0004_a_change_of_the_crm_can_be_accepted'),
        ('assessments', '0005_answers_carried_over_say_so'),
        ('assessments', '0006_every_currency_keeps_its_decimals'),
        ('assessments', '0007_practices_are_composed'),
        ('assessments', '0008_recorded_fields_keep_their_authors'),
        ('assessments', '0009_what_was_judged_is_kept'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('opportunities', '0021_the_trail_is_kept_and_names_nobody'),
        ('audit', '0003_what_is_on_record_is_kept'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='The same for all versions.')),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('practice', models.CharField(blank=True, default='', help_text='As the CRM names it; blank for all practices without one of their own.', max_length=255)),
                ('status', models.CharField(choices=[('DRAFT', 'Draft'), ('ACTIVE', 'Active'), ('RETIRED', 'Retired')], default='DRAFT', editable=False, max_length=8)),
                ('na_weight_limit', models.PositiveIntegerField(default=20, help_text='Points of the 100.', verbose_name='weight that may be not applicable')),
                ('shortest_comment', models.PositiveIntegerField(default=10, help_text='Characters.')),
                ('longest_comment', models.PositiveIntegerField(default=1500, help_text="Characters; Oracle's own assessments take 1500.")),
                ('commented_ratings', models.JSONField(blank=True, default=assessments.models.template.ratings_to_comment, verbose_name='ratings that need a comment')),
                ('is_comment_per_group', models.BooleanField(default=True, help_text='Whatever the ratings in it.', verbose_name='a comment in every group')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('activated_at', models.DateTimeField(editable=False, null=True)),
                ('retired_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'db_table': 'assessment_templates',
                'ordering': ['practice', 'code', '-version'],
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='template_version_once'), models.UniqueConstraint(condition=models.Q(('status', 'ACTIVE')), fields=('practice',), name='template_one_active', violation_error_message='Another template is active for this practice.')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version_no', models.PositiveIntegerField(verbose_name='version')),
                ('status', models.CharField(choices=[('DRAFT', 'Draft'), ('SUBMITTED', 'Submitted'), ('RETURNED', 'Draft after a return'), ('DECIDED', 'Decided'), ('SUPERSEDED', 'Superseded'), ('ABANDONED', 'Abandoned')], default='DRAFT', max_length=10)),
                ('status_before_close', models.CharField(choices=[('DRAFT', 'Draft'), ('SUBMITTED', 'Submitted'), ('RETURNED', 'Draft after a return'), ('DECIDED', 'Decided'), ('SUPERSEDED', 'Superseded'), ('ABANDONED', 'Abandoned')], default='', help_text="Of a draft that the CRM's closing abandoned; comes back with a reopening.", max_length=10)),
                ('lock_version', models.PositiveIntegerField(default=0, help_text='Counts the saves.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('sa_recommendation', models.CharField(blank=True, choices=[('BID', 'Bid'), ('CONDITIONAL', 'Conditional'), ('NO_BID', 'No bid')], default='', max_length=12, verbose_name="SA's recommendation")),
                ('sa_reason', models.TextField(blank=True, default='', verbose_name='why it differs from the computed one')),
                ('confidence', models.CharField(blank=True, choices=[('LOW', 'Low'), ('MEDIUM', 'Medium'), ('HIGH', 'High')], default='', max_length=6)),
                ('bid_effort_days', models.DecimalField(decimal_places=1, help_text='Person-days.', max_digits=7, null=True, verbose_name='bid effort')),
                ('bid_cost', opportunities.domain.amounts.AmountField(decimal_places=4, max_digits=16, null=True)),
                ('bid_cost_currency', models.CharField(blank=True, default='', max_length=15)),
                ('customer_deadline_on', models.DateField(null=True, verbose_name="customer's deadline")),
                ('competitors', models.JSONField(default=list, help_text='{name, strength, weakness} each.')),
                ('sales_owner_view', models.TextField(blank=True, default='', verbose_name="sales owner's view")),
                ('open_risks', models.TextField(blank=True, default='')),
                ('lessons', models.TextField(blank=True, default='', verbose_name='lessons from earlier bids')),
                ('score', models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ('best_case', models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ('unknown_share', models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ('group_scores', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('band', models.CharField(default='', max_length=20)),
                ('recommendation', models.CharField(choices=[('BID', 'Bid'), ('CONDITIONAL', 'Conditional'), ('NO_BID', 'No bid')], default='', max_length=12)),
                ('caps', models.JSONField(default=list, help_text='{trigger, caps_at, sentence} each.')),
                ('answered', models.PositiveIntegerField(default=0)),
                ('unknown', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0, help_text='Criteria asked.')),
                ('content', models.JSONField(help_text='The template as it was shown.', null=True)),
                ('crm_snapshot', models.JSONField(help_text='What the CRM said of the opportunity.', null=True)),
                ('mirror_synced_at', models.DateTimeField(help_text='Up to when the mirror had every change of the CRM at that moment.', null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('assessor', models.ForeignKey(help_text='The SA whose it is; each answer names its own author.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to=settings.AUTH_USER_MODEL)),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='opportunities.opportunity')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.assessmenttemplate')),
                ('field_saves', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='recorded field -> {version, by, on_behalf_of, at, former} of its last save.')),
                ('copied_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.assessment')),
            ],
            options={
                'db_table': 'assessments',
                'ordering': ['-version_no'],
                'constraints': [models.UniqueConstraint(fields=('opportunity', 'version_no'), name='assessment_version_once'), models.UniqueConstraint(condition=models.Q(('status__in', ['DRAFT', 'RETURNED'])), fields=('opportunity',), name='assessment_one_draft'), models.UniqueConstraint(condition=models.Q(('status', 'SUBMITTED')), fields=('opportunity',), name='assessment_one_submitted')],
            },
        ),
        migrations.CreateModel(
            name='CriterionGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('order', models.PositiveIntegerField(default=0)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='assessments.assessmenttemplate')),
            ],
            options={
                'db_table': 'assessment_criterion_groups',
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(fields=('template', 'code'), name='group_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Keep it from version to version: answers are compared by it.', max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('question', models.CharField(max_length=300)),
                ('why', models.CharField(blank=True, default='', max_length=500, verbose_name='why it matters')),
                ('weight', models.PositiveSmallIntegerField(help_text='All weights of a template total 100.', validators=[django.core.validators.MaxValueValidator(100)])),
                ('is_gate', models.BooleanField(default=False, help_text='A bad rating caps the recommendation, whatever the total.', verbose_name='gate')),
                ('order', models.PositiveIntegerField(default=0)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='assessments.criteriongroup')),
            ],
            options={
                'verbose_name_plural': 'criteria',
                'db_table': 'assessment_criteria',
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(fields=('group', 'code'), name='criterion_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField()),
                ('saved_version', models.PositiveIntegerField(default=0, help_text="The assessment's lock_version since this save.")),
                ('former', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='Left here by earlier authors: {by, on_behalf_of, at, value, comment} each.')),
                ('kind', models.CharField(blank=True, choices=[('RATING', 'Rated'), ('UNKNOWN', 'Unknown'), ('NA', 'Not applicable')], default='', help_text='Blank where there is a comment and no answer yet.', max_length=7)),
                ('rating', models.PositiveSmallIntegerField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('on_behalf_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='assessments.assessment')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.criterion')),
                ('is_carried_over', models.BooleanField(default=False, help_text='From an earlier qualification, and nobody has confirmed it since.')),
            ],
            options={
                'db_table': 'assessment_answers',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'criterion'), name='answer_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'RATING'), ('rating__isnull', False), ('rating__lte', 5)), models.Q(models.Q(('kind', 'RATING'), _negated=True), ('rating', None)), _connector='OR'), name='answer_is_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('ASSIGN', 'Assign'), ('CLAIM', 'Claim'), ('REASSIGN', 'Reassign'), ('UNASSIGN', 'Unassign'), ('DECLINE', 'Decline'), ('START', 'Start assessment'), ('SUBMIT', 'Submit'), ('WITHDRAW', 'Withdraw'), ('RETURN', 'Return'), ('FIRST_APPROVAL', 'Give first approval'), ('APPROVE', 'Approve'), ('APPROVE_WITH_CONDITIONS', 'Approve with conditions'), ('DECIDE_NO_BID', 'No bid'), ('QUICK_NO_BID', 'Quick no bid'), ('CONDITIONS_MET', 'Conditions met'), ('CONDITIONS_FAILED', 'Conditions failed'), ('HOLD', 'Put on hold'), ('RESUME', 'Resume'), ('REQUALIFY', 'Re-qualify'), ('ACCEPT_CRM_CHANGE', "Accept the CRM's change"), ('CLOSE_FROM_CRM', 'Closed in CRM'), ('REOPEN_FROM_CRM', 'Reopened in CRM')], max_length=30)),
                ('outcome', models.CharField(choices=[('BID', 'Bid'), ('CONDITIONAL', 'Conditional'), ('NO_BID', 'No bid')], max_length=12)),
                ('recommendation', models.CharField(choices=[('BID', 'Bid'), ('CONDITIONAL', 'Conditional'), ('NO_BID', 'No bid')], default='', max_length=12, verbose_name='computed recommendation')),
                ('is_override', models.BooleanField(default=False, help_text='It differs from the computed recommendation.', verbose_name='override')),
                ('reason_code', models.CharField(choices=[('NOT_ELIGIBLE', 'We may not bid: registration, certificate, framework, region'), ('CONFLICT', 'Conflict of interest, sanction or exclusivity'), ('MUST_HAVE_MISSING', 'A must-have requirement cannot be met'), ('NOT_REAL', 'No real need, money or decision path'), ('NO_TIME', 'No competent answer possible by the deadline'), ('NO_CAPACITY', 'No people to bid or to deliver'), ('DELIVERY_RISK', 'Delivery too risky'), ('WEAK_POSITION', 'Little chance to win: rival or incumbent ahead'), ('OFF_STRATEGY', 'Does not fit the strategy'), ('LOW_RETURN', 'Margin too thin for the effort'), ('TERMS', 'Terms we cannot accept'), ('DUPLICATE', 'Handled under another opportunity'), ('CONDITIONS_FAILED', 'The conditions of the bid were not met'), ('OTHER', 'Another reason, in the text'), ('STRATEGIC_ACCOUNT', 'Account or market worth it beyond this deal'), ('COMMITMENT', 'Commitment to the customer or a partner'), ('NEW_FACTS', 'Facts that came up after the scoring'), ('RISK_ACCEPTED', 'Risk accepted by the management'), ('RISK_UNDERRATED', 'Risk weighs more than the score shows'), ('CAPACITY', 'Capacity: more, or less, than the score assumes'), ('TEMPLATE_UNFIT', 'The template does not fit this kind of deal'), ('OTHER', 'Another reason, in the text')], default='', max_length=40)),
                ('reason', models.TextField(default='')),
                ('decided_at', models.DateTimeField()),
                ('crm_snapshot', models.JSONField(help_text='What the CRM said of it at that moment.')),
                ('mirror_synced_at', models.DateTimeField(null=True)),
                ('assessment', models.ForeignKey(help_text='The version it stands on; empty where it was decided without scoring.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='assessments.assessment')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                ('first_approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='opportunities.opportunity')),
            ],
            options={
                'db_table': 'assessment_decisions',
                'ordering': ['-decided_at', '-id'],
                'indexes': [models.Index(fields=['opportunity', '-id'], name='decision_latest')],
            },
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('OPEN', 'Open'), ('MET', 'Met'), ('WAIVED', 'Waived')], default='OPEN', max_length=6)),
                ('reason', models.TextField(default='', help_text='What shows that it is met, or why waived.')),
                ('settled_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='assessments.decision')),
            ],
            options={
                'db_table': 'assessment_conditions',
                'ordering': ['due_on', 'id'],
                'indexes': [models.Index(condition=models.Q(('state', 'OPEN')), fields=['due_on'], name='condition_open')],
            },
        ),
        migrations.CreateModel(
            name='Knockout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('text', models.CharField(max_length=300)),
                ('order', models.PositiveIntegerField(default=0)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='knockouts', to='assessments.assessmenttemplate')),
            ],
            options={
                'verbose_name': 'knock-out check',
                'db_table': 'assessment_knockouts',
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(fields=('template', 'code'), name='knockout_code_once')],
            },
        ),
        migrations.CreateModel(
            name='KnockoutAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField()),
                ('saved_version', models.PositiveIntegerField(default=0, help_text="The assessment's lock_version since this save.")),
                ('former', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='Left here by earlier authors: {by, on_behalf_of, at, value, comment} each.')),
                ('reply', models.CharField(blank=True, choices=[('YES', 'Yes'), ('NO', 'No'), ('UNKNOWN', 'Unknown')], default='', max_length=7)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='knockout_answers', to='assessments.assessment')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('knockout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.knockout')),
                ('on_behalf_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('is_carried_over', models.BooleanField(default=False, help_text='From an earlier qualification, and nobody has confirmed it since.')),
            ],
            options={
                'db_table': 'assessment_knockout_answers',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'knockout'), name='knockout_answer_once')],
            },
        ),
        migrations.CreateModel(
            name='RatingAnchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(5)])),
                ('text', models.CharField(max_length=300)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anchors', to='assessments.criterion')),
            ],
            options={
                'db_table': 'assessment_rating_anchors',
                'ordering': ['value'],
                'constraints': [models.UniqueConstraint(fields=('criterion', 'value'), name='anchor_once'), models.CheckConstraint(condition=models.Q(('value__lte', 5)), name='anchor_in_range')],
            },
        ),
        migrations.CreateModel(
            name='RecommendationCap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trigger', models.CharField(choices=[('KNOCKOUT_NO', 'a knock-out check is answered No'), ('KNOCKOUT_UNKNOWN', 'a knock-out check is answered Unknown'), ('GATE_UNKNOWN', 'a gate criterion is Unknown'), ('GATE_RATED', 'a gate criterion is rated just so'), ('GROUP_BELOW', 'a group scores below'), ('UNKNOWN_ABOVE', 'the unknown share is above (percent)')], max_length=20)),
                ('threshold', models.DecimalField(decimal_places=1, default=0, help_text='Of the triggers that compare.', max_digits=5)),
                ('caps_at', models.CharField(choices=[('BID', 'Bid'), ('CONDITIONAL', 'Conditional'), ('NO_BID', 'No bid')], max_length=12)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='caps', to='assessments.assessmenttemplate')),
            ],
            options={
                'db_table': 'assessment_caps',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ReviewComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_comments', to='assessments.assessment')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.criterion')),
            ],
            options={
                'db_table': 'assessment_review_comments',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ScoreBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('start', models.DecimalField(decimal_places=1, max_digits=4)),
                ('end', models.DecimalField(decimal_places=1, help_text='Belongs to the band.', max_digits=4)),
                ('recommendation', models.CharField(choices=[('BID', 'Bid'), ('CONDITIONAL', 'Conditional'), ('NO_BID', 'No bid')], max_length=12)),
                ('feedback', models.CharField(blank=True, default='', max_length=300)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='assessments.assessmenttemplate')),
            ],
            options={
                'db_table': 'assessment_score_bands',
                'ordering': ['-start'],
                'constraints': [models.UniqueConstraint(fields=('template', 'code'), name='band_code_once')],
            },
        ),
        of("0002_standard_template", "make_standard_template", None),
        of("0003_who_may_see_and_edit_templates", "give_rights", None),
        of("0009_what_was_judged_is_kept", "keep_tables", "let_tables_go"),
    ]
