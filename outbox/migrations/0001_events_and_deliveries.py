import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='Of the catalogue: opportunity.assigned.', max_length=60)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('deal', models.CharField(default='', help_text="The CRM's id of the opportunity it is about, if any.", max_length=30)),
                ('source', models.CharField(default='', help_text='What it tells of, as kind:id; told once.', max_length=100)),
                ('body', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('expanded_at', models.DateTimeField(help_text='When a worker made its deliveries; empty until then.', null=True)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='not tried before')),
                ('actor', models.ForeignKey(help_text='Empty for programs.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'outbox_events',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Goes with each try, by which a message that comes twice can be recognised.', primary_key=True, serialize=False)),
                ('channel', models.CharField(max_length=20)),
                ('target', models.CharField(default='', help_text='Where it goes: a mail address, an endpoint.', max_length=254)),
                ('subject', models.CharField(max_length=400)),
                ('state', models.CharField(choices=[('WAITING', 'Waiting'), ('DELIVERED', 'Delivered'), ('GIVEN_UP', 'Given up')], default='WAITING', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='not tried before')),
                ('delivered_at', models.DateTimeField(null=True)),
                ('last_failure', models.TextField(default='', help_text='In the words of the other side.')),
                ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='outbox.event')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'db_table': 'outbox_deliveries',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='WorkerSign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=255)),
                ('pid', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'db_table': 'worker_signs',
                'constraints': [models.UniqueConstraint(fields=('host', 'pid'), name='one_sign_of_a_worker')],
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['-at'], name='outbox_newest_first'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('expanded_at', None)), fields=['next_try_at'], name='event_to_expand'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('source',), name='event_told_once'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'WAITING')), fields=['next_try_at'], name='delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'GIVEN_UP')), fields=['created_at'], name='delivery_given_up'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['-created_at'], name='delivery_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('event', 'channel', 'target', 'recipient'), name='delivery_to_a_person_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('recipient', None)), fields=('event', 'channel', 'target'), name='delivery_to_a_place_once'),
        ),
    ]
