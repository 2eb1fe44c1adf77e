"""Turn the address that people write into the one that REST needs. Pure."""

from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from sync.oracle.transport.config import LOOPBACK

# Whatever follows these belongs to a page for people, or to one resource.
NOT_OF_THE_BASE = ("/crmRestApi", "/fscmRestApi", "/fscmUI", "/crmUI", "/hcmUI", "/homePage")


def base_addresses(written: str) -> list[str]:
    """Return the possible base addresses, the likeliest first; [] where it is no address."""
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
        return list(dict.fromkeys(_bases(parts))) if parts.hostname and parts.port != 0 else []
    except ValueError:  # Half an address, such as https://[
        return []


def _bases(parts: SplitResult) -> Iterator[str]:
    is_loopback = parts.hostname in LOOPBACK
    scheme = parts.scheme if is_loopback and parts.scheme == "http" else "https"
    root = f"{scheme}://{parts.netloc.rpartition('@')[2]}"
    path = parts.path
    for mark in NOT_OF_THE_BASE:
        path = path.partition(mark)[0]
    yield (root + path).rstrip("/")
    yield root
