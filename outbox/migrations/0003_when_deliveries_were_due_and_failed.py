import django.utils.timezone
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0002_jobs_take_turns'),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='due_at',
            field=models.DateTimeField(db_default=Now(), default=django.utils.timezone.now, help_text='When its first try was to be made.'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='failed_at',
            field=models.DateTimeField(help_text='When it was given up after its last try; empty where a person gave it up.', null=True),
        ),
    ]
