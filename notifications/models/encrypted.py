"""Keep a text encrypted in the database."""

import logging
from typing import Any

from cryptography.fernet import InvalidToken
from django.db import models

from accounts.kept_secrets import KeptSecrets

log = logging.getLogger(__name__)
kept = KeptSecrets("endpoints")


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Reads as blank what no key decrypts any more: it has to be entered again."""

    def get_prep_value(self, value: Any) -> Any:
        return kept.encrypt(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        try:
            return kept.decrypt(value) if value else value
        except InvalidToken:
            log.error("An endpoint's secret does not open: SECRET_KEY changed. Enter it again.")
            return ""
