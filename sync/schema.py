"""Compares what a tenant's opportunities have with what we ask for."""

from sync.oracle.client import OracleClient
from sync.oracle.errors import OracleQueryRefused
from sync.oracle.mapping import FieldMapping

CUSTOM = "_c"


def unmapped_attributes(client: OracleClient, mapping: FieldMapping) -> list[str]:
    """The tenant's own attributes that nothing takes over; [] where it does not describe itself.

    Raises: OracleQueryRefused, naming an attribute we ask for and the tenant does not have.
    """
    known = client.known_attributes()
    if known is None:
        return []
    asked_for = mapping.attributes
    for attribute in asked_for:
        if attribute not in known:
            raise OracleQueryRefused(client.advice_on(attribute))
    return sorted(name for name in known.difference(asked_for) if name.endswith(CUSTOM))
