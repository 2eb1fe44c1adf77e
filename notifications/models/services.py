"""Read addresses by Apprise, which takes a third of a second and 40 MB when it is first needed."""

from typing import Any


def service_at(address: str) -> Any:
    """Return Apprise's service for this address; None for what it does not know."""
    import apprise

    return apprise.Apprise.instantiate(address) if address else None


def name_of(service: Any) -> str:
    """Return the service, and its host where that is no token; the rest lets somebody in."""
    host = service.host if "host" in service.template_tokens else ""
    return f"{service.service_name} {host}".strip()
