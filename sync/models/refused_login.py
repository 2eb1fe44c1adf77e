"""Remember that Oracle refused a login."""

from django.db import models


class RefusedLogin(models.Model):
    """A login that Oracle refused: nobody tries it again for an hour, so that no account locks."""

    fingerprint = models.CharField(
        max_length=64, primary_key=True, help_text="Of the credentials, which are not stored."
    )
    refused_at = models.DateTimeField()
    advice = models.TextField(help_text="What to change.")

    class Meta:
        db_table = "refused_logins"

    def __str__(self) -> str:
        return f"refused at {self.refused_at:%Y-%m-%d %H:%M} UTC"
