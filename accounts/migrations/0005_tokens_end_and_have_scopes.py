from datetime import timedelta

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def end_in_time(apps, schema_editor):
    """Tokens from before go on as they were, but not for ever."""
    tokens = apps.get_model("accounts", "ApiToken").objects
    latest = timezone.now() + timedelta(days=settings.API_TOKEN_DAYS)
    tokens.update(scopes=["read", "sync", "write"])
    tokens.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=latest)).update(
        expires_at=latest
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_idempotency_keys")]
    # PostgreSQL changes no table with rows that this transaction has changed: two steps.
    operations = [
        migrations.AddField(
            "apitoken",
            "scopes",
            models.JSONField(default=list, help_text="Of read, write, sync."),
        ),
        migrations.AddField(
            "apitoken",
            "last_used_from",
            models.CharField(
                blank=True, editable=False, help_text="The address of the caller.", max_length=64
            ),
        ),
        migrations.RunPython(end_in_time, migrations.RunPython.noop),
    ]
