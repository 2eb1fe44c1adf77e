"""Encrypt what the database keeps, so that a copy of the database alone lets nobody in."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class KeptSecrets:
    """Encrypt for one purpose by SECRET_KEY; SECRET_KEY_FALLBACKS still decrypt."""

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose

    def encrypt(self, text: str) -> str:
        return self._fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text. Raises: cryptography.fernet.InvalidToken, where no key fits."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return MultiFernet([self._fernet(key) for key in keys]).decrypt(encrypted_text).decode()

    def _fernet(self, key: str | bytes) -> Fernet:
        digest = salted_hmac(self._purpose, "", key, algorithm="sha256").digest()
        return Fernet(urlsafe_b64encode(digest))
