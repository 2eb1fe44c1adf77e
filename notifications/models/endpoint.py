"""Store the programs and chats that events go to."""

import secrets
from typing import ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone

from notifications.models.encrypted import EncryptedTextField
from notifications.models.services import name_of, service_at


class EndpointKind(models.TextChoices):
    WEBHOOK = "webhook", "Signed webhook"
    APPRISE = "apprise", "Chat or service (Apprise)"


class Endpoint(models.Model):
    """An address of a program or a chat, with what lets us in there."""

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=EndpointKind)
    address = EncryptedTextField(
        help_text="https://… for a webhook; for a chat, its Apprise address, such as "
        "slack://TokenA/TokenB/TokenC. It is kept encrypted and shown cut."
    )
    secret = EncryptedTextField(blank=True, editable=False)
    former_secret = EncryptedTextField(
        blank=True, editable=False, help_text="Signs, too, until the rotation is finished."
    )
    rotated_at = models.DateTimeField(null=True, editable=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "endpoints"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_address(self) -> str:
        """Return what lets nobody in."""
        if self.kind == EndpointKind.WEBHOOK:
            return f"https://{urlsplit(self.address).hostname}/…"
        service = service_at(self.address)
        return name_of(service) if service else "–"

    def renew_secret(self) -> str:
        """Sign with a new secret, and beside it with the former one; return the new one."""
        new = f"whsec_{secrets.token_urlsafe(32)}"
        self.former_secret, self.secret, self.rotated_at = self.secret, new, timezone.now()
        self.save(update_fields=["former_secret", "secret", "rotated_at"])
        return new

    def finish_rotation(self) -> None:
        self.former_secret = ""
        self.save(update_fields=["former_secret"])
