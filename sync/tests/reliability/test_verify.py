"""`sync_oracle --verify`: a certificate that says equal only where mirror = source."""

import json
from decimal import Decimal
from io import StringIO
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command
from pytest_django import Settings

from opportunities.models import Opportunity
from sync.engine.verify import verify
from sync.models import OpportunityChange, Reconciliation, RejectedRecord, SyncLog
from sync.oracle.errors import OracleUnavailable
from sync.tests.builders import oracle_item
from sync.tests.lock_elsewhere import sync_lock_elsewhere
from sync.tests.reliability.fault_table import MODES
from sync.tests.reliability.mirror import EXTRA_FIELDS
from sync.tests.reliability.scene import made_up_rows, sync
from sync.tests.simulator_process import OracleSimulator

pytestmark = pytest.mark.django_db


class Ended(NamedTuple):
    code: int
    payload: str
    complained: str


def verified(*arguments: str) -> Ended:
    payload, complained, code = StringIO(), StringIO(), 0
    try:
        call_command("sync_oracle", "--verify", *arguments, stdout=payload, stderr=complained)
    except SystemExit as end:
        code = int(end.code or 0)
    return Ended(code, payload.getvalue(), complained.getvalue())


@pytest.fixture
def mirrored_oracle(oracle: OracleSimulator, settings: Settings) -> OracleSimulator:
    """Sixty deals of every kind that the mirror has."""
    settings.ORACLE_EXTRA_FIELDS = EXTRA_FIELDS
    oracle.serve(made_up_rows())
    sync()
    return oracle


@pytest.mark.parametrize("mode", MODES)
def test_equal_is_0_however_the_rows_are_read(
    mirrored_oracle: OracleSimulator, settings: Settings, mode: str
) -> None:
    settings.ORACLE_PAGING, settings.ORACLE_CONCURRENCY = MODES[mode]
    settings.ORACLE_PAGE_SIZE = 7
    ended = verified()
    assert (ended.code, ended.complained) == (0, "")
    assert "equal" in ended.payload
    certificate = Reconciliation.objects.get()
    assert (certificate.is_equal, certificate.differing) == (True, {})


def test_the_figures_are_counts_and_sums_by_currency_and_stage(oracle: OracleSimulator) -> None:
    deals = [("EUR", "A", 10), ("EUR", "A", 0.1), ("EUR", "B", 5), ("USD", "A", 7)]
    oracle.serve(
        [
            *(oracle_item(CurrencyCode=c, SalesStage=s, Revenue=r) for c, s, r in deals),
            oracle_item(CurrencyCode=None, SalesStage=None, Revenue=None),
        ]
    )
    sync()
    assert [
        (row["currency"], row["stage"], row["source_count"], Decimal(row["source_value"]))
        for row in verify().figures
    ] == [
        ("", "", "1", 0),
        ("EUR", "A", "2", Decimal("10.1")),
        ("EUR", "B", "1", 5),
        ("USD", "A", "1", 7),
    ]
    for row in verify().figures:
        assert row["source_count"] == row["mirror_count"]
        assert Decimal(row["source_value"]) == Decimal(row["mirror_value"])


@pytest.mark.parametrize("amount", ["0.01", "123456789.07", "9999999999999.99"])
def test_sums_are_exact_whatever_their_size(oracle: OracleSimulator, amount: str) -> None:
    oracle.serve([oracle_item(Revenue=Decimal(amount)) for _ in range(30)])
    sync()
    certificate = verify()
    assert Decimal(certificate.figures[0]["mirror_value"]) == 30 * Decimal(amount)
    assert certificate.is_equal


def a_changed_value(oracle: OracleSimulator, opty_id: int) -> None:
    oracle.edit({"OptyId": opty_id, "Name": "Another"})


def a_changed_amount(oracle: OracleSimulator, opty_id: int) -> None:
    oracle.edit({"OptyId": opty_id, "Revenue": Decimal("0.01")})


def a_changed_further_attribute(oracle: OracleSimulator, opty_id: int) -> None:
    oracle.edit({"OptyId": opty_id, "DealType_c": "Another"})


def a_missing_record(oracle: OracleSimulator, opty_id: int) -> None:
    Opportunity.objects.filter(remote_id=opty_id).delete()


def one_that_is_gone(oracle: OracleSimulator, opty_id: int) -> None:
    oracle.remove(opty_id)


def a_wrongly_flagged_one(oracle: OracleSimulator, opty_id: int) -> None:
    Opportunity.objects.filter(remote_id=opty_id).update(
        removed_in_crm_at="2026-11-01T00:00:00Z", removal_reason="GONE"
    )


def an_unreadable_one(oracle: OracleSimulator, opty_id: int) -> None:
    oracle.edit({"OptyId": opty_id, "Revenue": "much"})


@pytest.mark.parametrize(
    ("differ", "words"),
    [
        (a_changed_value, "name"),
        (a_changed_amount, "deal_value"),
        (a_changed_further_attribute, "extra.DealType_c"),
        (a_missing_record, "not in the mirror"),
        (one_that_is_gone, "in the mirror, but Oracle does not show it"),
        (a_wrongly_flagged_one, "flagged as removed, but Oracle shows it"),
        (an_unreadable_one, "cannot be imported: Revenue: is not a number"),
    ],
)
def test_every_kind_of_difference_is_1_and_named(
    mirrored_oracle: OracleSimulator, differ: Any, words: str
) -> None:
    opty_id = mirrored_oracle.rows()[30]["OptyId"]
    differ(mirrored_oracle, opty_id)
    ended = verified()
    assert ended.code == 1
    assert f"{opty_id}: {words}" in ended.payload
    assert Reconciliation.objects.get().differing == {str(opty_id): words}


def test_a_removal_that_is_flagged_is_no_difference(mirrored_oracle: OracleSimulator) -> None:
    mirrored_oracle.remove(mirrored_oracle.rows()[30]["OptyId"])
    sync(sync_type="FULL")
    assert verified().code == 0


def test_a_record_without_an_id_is_a_difference(mirrored_oracle: OracleSimulator) -> None:
    mirrored_oracle.faults("missing-id:rows=1,times=1")
    assert verified().code == 1
    assert Reconciliation.objects.get().differing["(no id)"].startswith("cannot be imported")


@pytest.mark.parametrize("fault", ["unauthorized", "page-repeated", "error-500:after=1,times=0"])
def test_an_oracle_that_fails_gives_a_sentence_and_no_certificate(
    mirrored_oracle: OracleSimulator, settings: Settings, fault: str
) -> None:
    settings.ORACLE_PAGE_SIZE = 7
    mirrored_oracle.faults(fault)
    ended = verified()
    assert (ended.code, ended.payload) == (1, "")
    assert ended.complained.count("\n") == 1
    assert not Reconciliation.objects.exists()


def test_an_oracle_that_shows_nothing_is_not_equal(mirrored_oracle: OracleSimulator) -> None:
    mirrored_oracle.faults("empty")
    assert verified().code == 1
    assert len(Reconciliation.objects.get().differing) == 60


def test_it_writes_nothing_but_its_certificate(mirrored_oracle: OracleSimulator) -> None:
    mirrored_oracle.edit({"OptyId": mirrored_oracle.rows()[3]["OptyId"], "Name": "Another"})
    tables = (Opportunity, SyncLog, OpportunityChange, RejectedRecord)
    before = [[*model.objects.values()] for model in tables]
    verify()
    assert [[*model.objects.values()] for model in tables] == before


def test_json_is_one_object_with_the_same_figures(mirrored_oracle: OracleSimulator) -> None:
    document = json.loads(verified("--json").payload)
    certificate = Reconciliation.objects.get()
    assert document == {
        "taken_at": certificate.taken_at.isoformat(),
        "is_equal": True,
        "figures": certificate.figures,
        "differing": {},
    }
    assert sum(int(row["source_count"]) for row in document["figures"]) == 60


def test_it_looks_beside_a_running_sync(mirrored_oracle: OracleSimulator) -> None:
    with sync_lock_elsewhere():
        assert verified().code == 0


def test_who_calls_it_hears_of_a_failure(mirrored_oracle: OracleSimulator) -> None:
    mirrored_oracle.faults("error-503:times=0")
    with pytest.raises(OracleUnavailable):
        verify()
