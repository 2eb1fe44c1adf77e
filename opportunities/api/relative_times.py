"""Times told from now on, like `-48h` or `7d`: a view keeps them, each asking resolves them."""

import re
from datetime import datetime, timedelta

from django.utils import timezone

# In an address an unwritten + is a blank, and fields strip blanks: in the future there is no sign.
RELATIVE = re.compile(r"(?P<sign>[+-]?)(?P<number>\d{1,5})(?P<unit>[hd])", re.ASCII)
SCHEMA = {"type": "string", "pattern": "^[+-]?[0-9]{1,5}[hd]$"}
UNITS = {"h": "hours", "d": "days"}


def resolved(written: str) -> datetime | None:
    """Answer the time that is meant now; None where it is written in another way."""
    found = RELATIVE.fullmatch(written.strip())
    if found is None:
        return None
    away = timedelta(**{UNITS[found["unit"]]: int(found["number"])})
    return timezone.now() + (-away if found["sign"] == "-" else away)
