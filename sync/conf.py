"""The ORACLE_* settings as objects. No other module reads them."""

from urllib.parse import quote

from django.conf import settings

from opportunities.crm_status import ClosedStatuses
from opportunities.models import Opportunity
from sync.oracle.client import OracleClient
from sync.oracle.config import OracleConfig
from sync.oracle.mapping import FieldMapping


def oracle_config() -> OracleConfig:
    """Raises OracleConfigError with the setting to change."""
    return OracleConfig(
        base_url=settings.ORACLE_BASE_URL,
        username=settings.ORACLE_USERNAME,
        password=settings.ORACLE_PASSWORD,
        api_version=settings.ORACLE_API_VERSION,
        finder=settings.ORACLE_FINDER,
        page_size=settings.ORACLE_PAGE_SIZE,
        timeout_s=settings.ORACLE_TIMEOUT_S,
        max_attempts=settings.ORACLE_MAX_ATTEMPTS,
        backoff_s=settings.ORACLE_BACKOFF_S,
        paging=settings.ORACLE_PAGING,
        concurrency=settings.ORACLE_CONCURRENCY,
    )


def field_mapping() -> FieldMapping:
    return FieldMapping(
        settings.ORACLE_PRACTICE_FIELD,
        settings.ORACLE_GEO_FIELD,
        settings.ORACLE_SECTOR_FIELD,
        settings.ORACLE_EXTRA_FIELDS,
    )


def oracle_client(mapping: FieldMapping) -> OracleClient:
    return OracleClient(oracle_config(), mapping.attributes, mapping.settings_of)


def closed_statuses() -> ClosedStatuses:
    return ClosedStatuses(
        settings.ORACLE_CLOSED_STATUS_CODES,
        won=settings.ORACLE_WON_STATUS_CODES,
        lost=settings.ORACLE_LOST_STATUS_CODES,
        cancelled=settings.ORACLE_CANCELLED_STATUS_CODES,
        open_codes=settings.ORACLE_OPEN_STATUS_CODES,
    )


def record_address(opportunity: Opportunity) -> str | None:
    """Where a person sees it in Oracle, or None where ORACLE_UI_URL does not say."""
    number = opportunity.opty_number or opportunity.remote_id
    pattern = settings.ORACLE_UI_URL.replace("{opty_number}", quote(number, safe=""))
    return pattern.replace("{opty_id}", quote(opportunity.remote_id, safe="")) or None
