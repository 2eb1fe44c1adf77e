"""Hold what the doctor says of one thing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    subject: str
    sentence: str
    """How it is or, where it is not well, what happened and what to do."""
    is_well: bool | None = True
    """None for advice, which leaves the installation well."""
