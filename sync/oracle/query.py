"""The parameters of a reading in Oracle's words. Pure.

Source: Oracle Fusion Sales REST, "Manage collection resources"; docs/oracle-contract.md.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from sync.oracle.names import ID_ATTRIBUTE, UPDATED_ATTRIBUTE


def collection_params(finder: str, attributes: Iterable[str], limit: int) -> dict[str, str]:
    """What every page of a reading has in common, in the only order that is safe: unique."""
    params = {
        "onlyData": "true",
        "fields": ",".join(attributes),
        "orderBy": f"{ID_ATTRIBUTE}:asc",
        "limit": str(limit),
    }
    return {"finder": finder, **params} if finder else params


def after_id(last_id: int | None) -> str | None:
    return None if last_id is None else f"{ID_ATTRIBUTE} > {last_id}"


def upto_id(highest_id: int | None) -> str | None:
    return None if highest_id is None else f"{ID_ATTRIBUTE} <= {highest_id}"


def exact_id(remote_id: str) -> str:
    return f"{ID_ATTRIBUTE} = {int(remote_id)}"


def updated_since(moment: datetime) -> str:
    """Inclusive: bulk jobs stamp many rows with the same second."""
    return f"{UPDATED_ATTRIBUTE} >= '{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'"


def with_conditions(params: dict[str, str], *conditions: str | None) -> dict[str, str]:
    wanted = [condition for condition in conditions if condition]
    return {**params, "q": " and ".join(wanted)} if wanted else params
