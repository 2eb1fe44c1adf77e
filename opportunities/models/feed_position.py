"""Store the place of each thing's last change in the change feed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class FeedPosition(models.Model):
    """Tell the last change of one thing. Triggers of the database write it, and nobody else."""

    position = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12, help_text="Such as opportunity; see feed/kinds.py.")
    object_id = models.BigIntegerField()
    deal = models.CharField(max_length=30, help_text="The CRM id of the opportunity.")
    transaction_id = models.BigIntegerField(
        help_text="PostgreSQL's number of the transaction that made the change; 0 on SQLite."
    )
    changed_at = models.DateTimeField()
    is_gone = models.BooleanField(default=False)

    class Meta:
        db_table = "feed_positions"
        default_permissions = ()
        permissions: ClassVar = [("read_feed", "Can read the change feed")]
        ordering: ClassVar = ["transaction_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="feed_one_row_each"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["transaction_id", "position"], name="feed_in_order"),
            models.Index(fields=["changed_at"], condition=Q(is_gone=True), name="feed_gone"),
        ]

    def __str__(self) -> str:
        return self.change_id

    @property
    def change_id(self) -> str:
        """Return what names this change to programs; the thing's next one has another."""
        return f"{self.kind}:{self.object_id}:{self.position}"
