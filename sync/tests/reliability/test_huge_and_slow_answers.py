import time

import pytest
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.models import RejectedRecord, SyncStatus
from sync.tests.builders import oracle_item
from sync.tests.reliability.scene import sync
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db

FIVE_MEGABYTES = "x" * 5_000_000


def test_a_text_of_five_megabytes_costs_one_record_and_little_space(
    oracle: OracleSimulator,
) -> None:
    oracle.serve([oracle_item(), oracle_item(Name=FIVE_MEGABYTES), oracle_item()])
    log = sync()
    assert (log.status, log.new_records, log.failed_records) == (SyncStatus.PARTIAL, 2, 1)
    rejected = RejectedRecord.objects.get()
    assert rejected.reason == "has 5,000,000 characters, 500 are possible"
    assert len(str(rejected.payload)) < 10_000


def test_a_further_attribute_may_be_that_long(oracle: OracleSimulator, settings: Settings) -> None:
    settings.ORACLE_EXTRA_FIELDS = ["Story_c"]
    oracle.serve([oracle_item(Story_c=FIVE_MEGABYTES)])
    assert sync().status == SyncStatus.SUCCESS
    assert Opportunity.objects.get().extra == {"Story_c": FIVE_MEGABYTES}


def test_headers_that_drip_in_have_the_deadline_of_the_whole_answer(
    oracle: OracleSimulator, settings: Settings
) -> None:
    settings.ORACLE_TIMEOUT_S, settings.ORACLE_MAX_ATTEMPTS = 0.3, 1
    oracle.serve([oracle_item()])
    oracle.faults("drip:ms=100")
    began = time.monotonic()
    assert sync().status == SyncStatus.FAILED
    # The head alone would take some fifteen seconds.
    assert time.monotonic() - began < 5
