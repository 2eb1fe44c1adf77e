"""Build the parameters of a reading in Oracle's words. Pure.

Source: Oracle Fusion Sales REST, "Manage collection resources"; docs/oracle-contract.md.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sync.oracle.names import ID_ATTRIBUTE

HIGHEST = {"orderBy": f"{ID_ATTRIBUTE}:desc", "limit": "1"}
"""In place of those of a reading: its last record alone."""


def collection_params(finder: str, limit: int) -> dict[str, str]:
    """Return the parameters of every page, with the only safe order: a unique one."""
    params = {"onlyData": "true", "orderBy": f"{ID_ATTRIBUTE}:asc", "limit": str(limit)}
    return {"finder": finder, **params} if finder else params


def after_id(last_id: int | None) -> str | None:
    return None if last_id is None else f"{ID_ATTRIBUTE} > {last_id}"


def upto_id(highest_id: int | None) -> str | None:
    return None if highest_id is None else f"{ID_ATTRIBUTE} <= {highest_id}"


def one_of_ids(remote_ids: Sequence[str]) -> str:
    ids = [str(int(remote_id)) for remote_id in remote_ids]
    return f"{ID_ATTRIBUTE} in ({','.join(ids)})" if len(ids) > 1 else f"{ID_ATTRIBUTE} = {ids[0]}"


def updated_since(date: str, moment: datetime) -> str:
    """Include the moment itself: bulk jobs stamp many rows with the same second."""
    return f"{date} >= '{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'"


def with_conditions(params: dict[str, str], *conditions: str | None) -> dict[str, str]:
    wanted = [condition for condition in conditions if condition]
    return {**params, "q": " and ".join(wanted)} if wanted else params
