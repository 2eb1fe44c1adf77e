
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What it is for.', max_length=100)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('beginning', models.CharField(editable=False, help_text='Of the token, to tell it from others.', max_length=12)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_at', models.DateTimeField(editable=False, help_text='To the minute: not every call is worth a write.', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'api_tokens',
                'ordering': ['-created_at', '-id'],
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
    ]
