from django.db import migrations

MAILS = ["mail", "digest"]


def keep_what_people_chose(apps, schema_editor):
    """Switch mails off for those who had; what they chose since stays off as well."""
    Preferences = apps.get_model("notifications", "Preferences")
    Profile = apps.get_model("opportunities", "Profile")
    for user in Profile.objects.filter(wants_notices=False).values_list("user", flat=True):
        kept, _ = Preferences.objects.get_or_create(user_id=user)
        kept.channels_off = sorted({*kept.channels_off, *MAILS})
        kept.save(update_fields=["channels_off"])


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0005_notices_become_rules"),
        ("opportunities", "0030_notices_are_deliveries"),
    ]

    operations = [
        migrations.RunPython(keep_what_people_chose, migrations.RunPython.noop, elidable=True)
    ]
