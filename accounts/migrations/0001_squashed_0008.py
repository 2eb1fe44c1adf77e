"""Make the tables at once in a new database; one that has old migrations goes on with those.

It does what is left to do where there are no rows: it skips the old ones that only mend rows.
"""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def of(name, forwards, backwards):
    """Return a step of an old migration."""
    old = import_module(f"accounts.migrations.{name}")
    undo = getattr(old, backwards) if backwards else migrations.RunPython.noop
    return migrations.RunPython(getattr(old, forwards), undo)


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0001_tokens_and_saved_views'),
        ('accounts', '0002_preferences'),
        ('accounts', '0003_counts_shared_by_processes'),
        ('accounts', '0004_idempotency_keys'),
        ('accounts', '0005_tokens_end_and_have_scopes'),
        ('accounts', '0006_every_token_ends'),
        ('accounts', '0007_role_requests'),
        ('accounts', '0008_sign_in_tries'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInTries',
            fields=[
                ('key', models.CharField(help_text='What is counted, and a digest of whose.', max_length=100, primary_key=True, serialize=False)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(db_index=True)),
                ('is_known', models.BooleanField(default=False, help_text='A place that the person signed in at: strangers do not slow it.')),
            ],
            options={
                'verbose_name_plural': 'sign-in tries',
                'db_table': 'sign_in_tries',
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What it is for.', max_length=100)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('beginning', models.CharField(editable=False, help_text='Of the token, to tell it from others.', max_length=12)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('last_used_at', models.DateTimeField(editable=False, help_text='To the minute: not every call is worth a write.', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
                ('scopes', models.JSONField(default=list, help_text='Of read, write, sync.')),
                ('last_used_from', models.CharField(blank=True, editable=False, help_text='The address of the caller.', max_length=64)),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'api_tokens',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.JSONField(blank=True, default=dict)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'preferences',
                'db_table': 'preferences',
            },
        ),
        migrations.CreateModel(
            name='RoleRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('OPEN', 'Waits for a second person'), ('APPROVED', 'Approved'), ('REJECTED', 'Rejected')], default='OPEN', max_length=8)),
                ('settled_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_requests', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('roles', models.ManyToManyField(help_text='To be added.', related_name='+', to='auth.group')),
            ],
            options={
                'db_table': 'role_requests',
                'ordering': ['-asked_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='IdempotencyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=255)),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('fingerprint', models.CharField(help_text='Of method, address and body.', max_length=64)),
                ('status', models.PositiveSmallIntegerField(help_text='Null until it is answered.', null=True)),
                ('headers', models.JSONField(default=dict)),
                ('body', models.TextField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='idempotency_keys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'idempotency_keys',
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='idempotency_key_once')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('query', models.CharField(blank=True, help_text="Of the list's address: filters, tab and ordering.", max_length=2000)),
                ('columns', models.JSONField(blank=True, default=list, help_text='Names, in their order.')),
                ('is_shared', models.BooleanField(default=False, help_text='Everybody can use it.')),
                ('is_default', models.BooleanField(default=False, help_text="What the owner's list begins with.")),
                ('position', models.PositiveIntegerField(default=0)),
                ('lock_version', models.PositiveIntegerField(default=0, editable=False)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'saved_views',
                'ordering': ['position', 'name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='view_name_once'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('owner',), name='view_one_default')],
            },
        ),
        of("0003_counts_shared_by_processes", "make", None),
    ]
