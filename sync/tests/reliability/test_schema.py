"""What a tenant says of itself before a full run reads it."""

from collections.abc import Iterator
from typing import Any

import pytest
import responses
from pytest_django import Settings

from sync.models import SyncLog, SyncStatus, SyncType
from sync.tests.builders import oracle_item
from sync.tests.reliability.scene import sync
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db


@pytest.fixture
def tenant(oracle: OracleSimulator) -> OracleSimulator:
    oracle.serve([oracle_item(OptyId=n) for n in range(1, 4)])
    return oracle


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ORACLE_PRACTICE_FIELD", "Praxis_c"),
        ("ORACLE_GEO_FIELD", "Praxis_c"),
        ("ORACLE_SECTOR_FIELD", "Praxis_c"),
        ("ORACLE_EXTRA_FIELDS", ["DealType_c", "Praxis_c"]),
    ],
)
def test_an_attribute_that_a_setting_names_and_the_tenant_lacks_costs_its_column(
    tenant: OracleSimulator, settings: Settings, setting: str, value: Any
) -> None:
    setattr(settings, setting, value)
    log = sync()
    assert (log.status, log.new_records, log.error_message) == (SyncStatus.SUCCESS, 3, "")
    assert log.absent_attributes == ["Praxis_c"]
    assert [setting in remark for remark in log.remarks] == [True]
    assert {each["status"] for each in tenant.requests()} == {200}


def test_the_tenants_own_attributes_that_nothing_takes_over_stand_on_the_log(
    tenant: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_EXTRA_FIELDS = ["DealType_c"]
    tenant.edit({"OptyId": 1, "Brand_c": "new", "BrandNew": "a standard one"})
    log = SyncLog.objects.get(pk=sync().pk)
    assert log.unmapped_attributes == ["BidDueDate_c", "Brand_c"]


def test_an_incremental_run_does_not_ask(tenant: OracleSimulator) -> None:
    sync()
    tenant.forget_requests()
    assert sync().sync_type == SyncType.INCREMENTAL
    assert not [each for each in tenant.requests() if "describe" in each["path"]]


def test_an_attribute_that_disappears_later_costs_its_column(
    tenant: OracleSimulator, settings: Settings
) -> None:
    sync()
    settings.ORACLE_GEO_FIELD = "Praxis_c"
    log = sync()
    assert (log.sync_type, log.status) == (SyncType.INCREMENTAL, SyncStatus.SUCCESS)
    assert log.absent_attributes == ["Praxis_c"]


@pytest.fixture
def silent_tenant(tenant: OracleSimulator) -> Iterator[responses.RequestsMock]:
    """All but the description comes from the simulator."""
    with responses.RequestsMock() as answers:
        answers.add_passthru(tenant.url)
        yield answers


def description_of(oracle: OracleSimulator) -> str:
    return f"{oracle.url}/crmRestApi/resources/11.13.18.05/opportunities/describe"


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 400},
        {"status": 403},
        {"status": 404},
        {"json": {}},
        {"json": {"Resources": {"opportunities": {"attributes": None}}}},
        {"json": ["nothing", "of", "the", "kind"]},
    ],
)
def test_a_tenant_that_does_not_describe_itself_is_read_all_the_same(
    tenant: OracleSimulator, silent_tenant: responses.RequestsMock, answer: dict[str, Any]
) -> None:
    silent_tenant.get(description_of(tenant), **answer)
    log = sync()
    assert (log.status, log.new_records) == (SyncStatus.SUCCESS, 3)
    assert log.unmapped_attributes == []
