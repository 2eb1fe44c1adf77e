import importlib

from django.db import migrations, models

make_permissions = importlib.import_module("bqs.migrations.0001_what_roles_look_at")._make_permissions


def let_administrators_and_auditors_see_them(apps, schema_editor):
    make_permissions(apps, "bqs")
    right = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="bqs", codename="view_alarm"
    )
    for name in ("Administrator", "Auditor"):
        apps.get_model("auth", "Group").objects.get_or_create(name=name)[0].permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [("bqs", "0007_exchange_rates")]

    operations = [
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.CharField(editable=False, max_length=40)),
                ("sentence", models.TextField(verbose_name="what is wrong")),
                ("since", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(help_text="To ALERT_TO: at first, each day, and at its end.", null=True, verbose_name="last mailed")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="over")),
            ],
            options={
                "db_table": "alarms",
                "ordering": ["-since", "-id"],
                "constraints": [models.UniqueConstraint(condition=models.Q(("ended_at", None)), fields=("cause",), name="one_alarm_of_a_cause")],
            },
        ),
        migrations.RunPython(let_administrators_and_auditors_see_them, migrations.RunPython.noop),
    ]
