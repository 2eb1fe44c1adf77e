"""Keep what people attach to an opportunity: files and links, also those removed again."""

from typing import ClassVar

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone


class Attachment(models.Model):
    """A file or a link; the row and the file stay when it is removed."""

    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        to_field="remote_id",
        db_column="remote_id",
        # As events: it outlives a table that was emptied or restored.
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="attachments",
    )
    name = models.CharField(max_length=200, help_text="Of the file, or the link's title.")
    url = models.CharField(max_length=2000, default="", help_text="Of a link; blank for a file.")
    stored_as = models.CharField(max_length=100, default="", help_text="Its name in the storage.")
    content_type = models.CharField(max_length=100, default="")
    size = models.PositiveBigIntegerField(default=0, help_text="In bytes.")
    sha256 = models.CharField(max_length=64, default="")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "attachments"
        ordering: ClassVar = ["-added_at", "-id"]

    def __str__(self) -> str:
        return self.name

    def open(self) -> object:
        return storages["attachments"].open(self.stored_as)
