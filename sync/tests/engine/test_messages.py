from sync.engine.messages import remarks_of
from sync.models import SyncLog


def test_a_run_that_met_nothing_strange_has_nothing_to_say() -> None:
    assert remarks_of(SyncLog()) == []


def test_what_was_said_comes_before_what_was_met() -> None:
    log = SyncLog(remarks=["Oracle keeps no clock."], absent_attributes=["PartyName1", "WinProb"])
    assert remarks_of(log) == [
        "Oracle keeps no clock.",
        "Oracle does not have PartyName1, WinProb: their columns keep their values.",
    ]


def test_of_many_names_the_first_ten_are_told() -> None:
    log = SyncLog(unmapped_attributes=[f"Own{n}_c" for n in range(1_212)])
    (sentence,) = remarks_of(log)
    assert "Own9_c and 1,202 more: " in sentence
    assert "Own10_c" not in sentence
