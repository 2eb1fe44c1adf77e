import pytest

from opportunities.domain.crm_status import ClosedStatuses, CrmOutcome, after_crm_status
from opportunities.domain.states import WorkflowStatus

CLOSED = WorkflowStatus.CLOSED_IN_CRM
OTHERS = [status for status in WorkflowStatus if status != CLOSED]


@pytest.mark.parametrize(
    "crm_status",
    ["WON", "LOST", "won", " Lost ", "CLOSED WON", "CLOSED LOST", "closed_lost", "Closed-Won"],
)
def test_won_and_lost_are_closed_however_they_are_written(crm_status: str) -> None:
    assert crm_status in ClosedStatuses(["WON", "LOST"])


@pytest.mark.parametrize(
    "crm_status",
    ["OPEN", "NO_SALE", "", None, "WONDER", "NOT WON", "CLOSED", "07 - Closed", "LOST IN SPACE"],
)
def test_every_other_status_is_open(crm_status: str | None) -> None:
    assert crm_status not in ClosedStatuses(["WON", "LOST"])


def test_a_tenant_names_its_own_codes_and_the_plain_words_still_count() -> None:
    closed = ClosedStatuses(["NO_SALE"])
    assert "no sale" in closed
    assert "CLOSED WON" in closed
    assert "WON" not in closed


@pytest.mark.parametrize("former", OTHERS)
def test_closing_keeps_the_former_status_aside(former: str) -> None:
    assert after_crm_status(former, "", is_closed=True) == (CLOSED, former)


@pytest.mark.parametrize("former", OTHERS)
def test_reopening_brings_the_former_status_back(former: str) -> None:
    assert after_crm_status(CLOSED, former, is_closed=False) == (former, "")


def test_reopening_without_a_former_status_gives_new() -> None:
    assert after_crm_status(CLOSED, "", is_closed=False) == (WorkflowStatus.NEW, "")


@pytest.mark.parametrize("status", OTHERS)
def test_an_open_deal_stays_where_people_have_put_it(status: str) -> None:
    assert after_crm_status(status, "", is_closed=False) == (status, "")


@pytest.mark.parametrize("former", OTHERS)
def test_a_deal_closed_again_and_again_remembers_where_it_was(former: str) -> None:
    assert after_crm_status(CLOSED, former, is_closed=True) == (CLOSED, former)


@pytest.mark.parametrize(
    ("crm_status", "outcome"),
    [
        ("WON", CrmOutcome.WON),
        ("closed-lost", CrmOutcome.LOST),
        ("Cancelled", CrmOutcome.CANCELLED),
        ("NO SALE", CrmOutcome.CANCELLED),
        ("ENDED", CrmOutcome.UNKNOWN),
        ("OPEN", CrmOutcome.OPEN),
        ("ELSEWHERE", CrmOutcome.OPEN),
        (None, CrmOutcome.OPEN),
    ],
)
def test_a_closed_status_tells_how_it_ended(crm_status: str | None, outcome: str) -> None:
    closed = ClosedStatuses(["WON", "LOST", "NO_SALE", "CANCELLED", "ENDED"])
    assert closed.outcome_of(crm_status) is outcome


def test_a_status_is_mapped_where_a_setting_calls_it_closed_or_open() -> None:
    closed = ClosedStatuses(["WON"], open_codes=["IN_PROGRESS"])
    assert [
        each for each in ("won", "In progress", "NO_SALE", "OPEN") if closed.is_mapped(each)
    ] == [*("won", "In progress")]
