from django.db import migrations

BELL, MAIL, DIGEST = "bell", "mail", "digest"
RULES = [
    ("Half of the time is gone", ["clock.half_gone"], ["assigned_sa"], [BELL]),
    ("Due soon", ["clock.due_tomorrow"], ["assigned_sa"], [BELL, MAIL]),
    ("Overdue", ["clock.overdue"], ["assigned_sa"], [BELL, MAIL]),
    ("Still overdue", ["clock.still_overdue"], ["leads"], [BELL, MAIL]),
    ("Condition due", ["condition.due"], ["named"], [BELL, MAIL]),
    ("Hold to review", ["hold.review"], ["assigned_sa", "leads"], [BELL, DIGEST]),
    ("Waiting for your decision", ["decision.waiting"], ["deciders"], [BELL, DIGEST]),
]


def make_rules(apps, schema_editor):
    Rule = apps.get_model("notifications", "Rule").objects
    for name, events, recipients, channels in RULES:
        values = {"events": events, "recipients": recipients, "channels": channels}
        Rule.get_or_create(name=name, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_bell_and_calendar")]

    operations = [migrations.RunPython(make_rules, migrations.RunPython.noop)]
