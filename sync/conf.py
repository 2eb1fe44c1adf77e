"""Turn the ORACLE_* settings into objects. No other module reads them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from urllib.parse import quote

from django.conf import settings

from opportunities.domain.crm_status import ClosedStatuses
from opportunities.domain.fields import FIELDS
from opportunities.models import Opportunity
from sync.oracle.fields.attributes import Attributes
from sync.oracle.fields.mapping import FieldMapping
from sync.oracle.fields.renames import read_renames
from sync.oracle.reading.client import OracleClient
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.http import Link
from sync.oracle.transport.sign_in import sign_in_for
from sync.safety.refused_login import heeding_refusals


def oracle_config(
    base_url: str | None = None, username: str | None = None, password: str | None = None
) -> OracleConfig:
    """Return the settings, each ORACLE_<FIELD>, or what stands in place of one of them.

    Raises: OracleConfigError with the settings to change.
    """
    values = {
        each.name: getattr(settings, f"ORACLE_{each.name.upper()}") for each in fields(OracleConfig)
    }
    replaced = {"base_url": base_url, "username": username, "password": password}
    values |= {name: value for name, value in replaced.items() if value is not None}
    for name in ("token_file", "ca_bundle"):
        # A relative path begins in the project folder: cron starts elsewhere.
        values[name] = str(settings.BASE_DIR / values[name]) if values[name] else ""
    return OracleConfig(**values)


def field_mapping() -> FieldMapping:
    """Map Oracle's attributes to columns. Raises: OracleConfigError with the setting to change."""
    return FieldMapping(
        {field.setting: getattr(settings, field.setting) for field in FIELDS if field.setting},
        settings.ORACLE_EXTRA_FIELDS,
        renames(),
    )


def renames() -> dict[str, str]:
    """Map the usual name of an attribute to the tenant's own, or to "" where it is not read.

    Raises: OracleConfigError.
    """
    return read_renames(settings.ORACLE_ATTRIBUTES)


@contextmanager
def oracle_client(
    mapping: FieldMapping, assumed_absent: Iterable[str] = (), link: Link | None = None
) -> Iterator[OracleClient]:
    """Open a client that asks nothing with a login that Oracle refused within the last hour.

    Args:
        assumed_absent: attributes that the tenant did not have when it was read last.
        link: what is kept from one client to the next; without it nothing is.

    Raises: OracleConfigError, OracleLoginRefused.
    """
    config = link.config if link else oracle_config()
    sign_in = link.sign_in if link else sign_in_for(config)
    attributes = Attributes(mapping.wanted, assumed_absent)
    with heeding_refusals(sign_in):
        yield OracleClient(config, attributes, sign_in, link.session if link else None)


def closed_statuses() -> ClosedStatuses:
    return ClosedStatuses(
        settings.ORACLE_CLOSED_STATUS_CODES,
        won=settings.ORACLE_WON_STATUS_CODES,
        lost=settings.ORACLE_LOST_STATUS_CODES,
        cancelled=settings.ORACLE_CANCELLED_STATUS_CODES,
        open_codes=settings.ORACLE_OPEN_STATUS_CODES,
    )


def lists_of_statuses() -> dict[str, list[str]]:
    """Return the status codes of each setting."""
    kinds = ("OPEN", "CLOSED", "WON", "LOST", "CANCELLED")
    names = [f"ORACLE_{kind}_STATUS_CODES" for kind in kinds]
    return {name: getattr(settings, name) for name in names}


def record_address(opportunity: Opportunity) -> str | None:
    """Return where a person sees it in Oracle, or None where ORACLE_UI_URL does not say."""
    number = opportunity.opty_number or opportunity.remote_id
    pattern = settings.ORACLE_UI_URL.replace("{opty_number}", quote(number, safe=""))
    return pattern.replace("{opty_id}", quote(opportunity.remote_id, safe="")) or None
