import importlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

make_permissions = importlib.import_module("opportunities.migrations.0005_roles")._make_permissions


def let_administrators_keep_them(apps, schema_editor):
    make_permissions(apps)
    Permission = apps.get_model("auth", "Permission").objects
    rights = Permission.filter(content_type__app_label="opportunities", content_type__model="absence")
    apps.get_model("auth", "Group").objects.get_or_create(name="Administrator")[0].permissions.add(*rights)


class Migration(migrations.Migration):

    dependencies = [
        ('opportunities', '0027_policy'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField(verbose_name='first day')),
                ('ends', models.DateField(help_text='In the time zone of the site.', verbose_name='last day')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='covered_absences', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'absences',
                'ordering': ['starts', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='absence_ends_later', violation_error_message='Choose a last day on or after the first day.'), models.CheckConstraint(condition=models.Q(('user', models.F('deputy')), _negated=True), name='absence_not_own_deputy', violation_error_message='Choose someone else as the deputy.')],
            },
        ),
        migrations.RunPython(let_administrators_keep_them, migrations.RunPython.noop),
    ]
