"""A login that Oracle refused is left alone for an hour; tests need not wait for it."""

from datetime import timedelta

from django.db.models import F

from sync.models import RefusedLogin


def an_hour_passes() -> None:
    """As far as refused logins are concerned."""
    RefusedLogin.objects.update(refused_at=F("refused_at") - timedelta(hours=1))
