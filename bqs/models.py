"""Models of the project itself."""

from django.db import models


class DemoMark(models.Model):
    """Says, by being there, that a database is a demo's own, and whom the demo made."""

    people = models.JSONField(default=list, help_text="Ids of the accounts.")

    class Meta:
        db_table = "demo_mark"

    def __str__(self) -> str:
        return "a demo's database"
