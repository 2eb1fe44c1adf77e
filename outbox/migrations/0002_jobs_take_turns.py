from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0001_events_and_deliveries'),
    ]

    operations = [
        migrations.CreateModel(
            name='JobTurn',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('next_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'job_turns',
            },
        ),
    ]
