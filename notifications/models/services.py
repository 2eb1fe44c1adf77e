"""Read addresses by Apprise, which takes a third of a second and 40 MB when it is first needed."""

from typing import Any


def service_at(address: str) -> Any:
    """Return Apprise's service for this address, without redirects; None if it knows none."""
    import apprise

    # In this thread, which is the one that is guarded.
    asset = apprise.AppriseAsset(async_mode=False, service_timeout=0)
    service = apprise.Apprise.instantiate(address, asset=asset) if address else None
    if service:
        service.redirects = False
    return service


def name_of(service: Any) -> str:
    """Return the service, and its host where that is no token; the rest lets somebody in."""
    host = service.host if "host" in service.template_tokens else ""
    return f"{service.service_name} {host}".strip()
