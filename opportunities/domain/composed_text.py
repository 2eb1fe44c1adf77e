"""Compose text (NFC), so that an é is one character wherever text is stored or compared.

A Mac may write an e and an accent, which is another word to a database.
"""

import unicodedata


def composed(text: str) -> str:
    # A sync does this for every text, and nearly all are ASCII.
    return text if text.isascii() else unicodedata.normalize("NFC", text)
