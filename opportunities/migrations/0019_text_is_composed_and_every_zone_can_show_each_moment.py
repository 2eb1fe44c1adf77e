"""What came before parsers saw to it: text in NFC, no moment on the calendar's last day or first.

Without history: nothing has changed in the CRM.
"""

from datetime import UTC, datetime
from unicodedata import is_normalized, normalize

from django.db import migrations

EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, 23, 59, 59, tzinfo=UTC)
TEXTS = (
    *("opty_number", "name", "customer", "practice", "geo", "sector", "currency", "stage"),
    *("crm_status", "sales_owner", "extra"),
)
AT_ONCE = 1_000


def compose(apps, schema_editor):
    Opportunity = apps.get_model("opportunities", "Opportunity")
    deals = Opportunity.objects.only("pk", *TEXTS).order_by("pk")
    save_composed(deals, TEXTS)
    save_composed(apps.get_model("opportunities", "Profile").objects.all(), ["crm_owner_name"])
    memberships = apps.get_model("opportunities", "PracticeMembership").objects.all()
    for membership in memberships:
        same = {"user_id": membership.user_id, "practice": composed(membership.practice)}
        others = memberships.filter(**same).exclude(pk=membership.pk)
        if membership.practice != same["practice"] and others.exists():
            # Somebody wrote it both ways: one is left, and leads where one of both did.
            if membership.is_lead:
                others.update(is_lead=True)
            membership.delete()
    save_composed(memberships.all(), ["practice"])


def save_composed(rows, names):
    changed = []
    for row in rows.iterator(AT_ONCE):
        before = [getattr(row, name) for name in names]
        after = [composed(value) for value in before]
        if after != before:
            for name, value in zip(names, after, strict=True):
                setattr(row, name, value)
            changed.append(row)
        if len(changed) >= AT_ONCE:
            rows.model.objects.bulk_update(changed, names)
            changed.clear()
    rows.model.objects.bulk_update(changed, names, AT_ONCE)


def composed(value):
    if isinstance(value, dict):
        return {name: composed(each) for name, each in value.items()}
    if isinstance(value, str) and not is_normalized("NFC", value):
        return normalize("NFC", value)
    return value


def bring_moments_nearer(apps, schema_editor):
    deals = apps.get_model("opportunities", "Opportunity").objects
    for name in ("crm_created_at", "crm_updated_at"):
        deals.filter(**{f"{name}__lt": EARLIEST}).update(**{name: EARLIEST})
        deals.filter(**{f"{name}__gt": LATEST}).update(**{name: LATEST})


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0018_when_oracle_was_asked_for_it")]

    operations = [
        migrations.RunPython(compose, migrations.RunPython.noop),
        migrations.RunPython(bring_moments_nearer, migrations.RunPython.noop),
    ]
