from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from sync.oracle.transport import retry
from sync.oracle.transport.retry import Transient, retry_after_s, with_retries


class Flaky:
    """Fails as often as told, then answers; counts the calls."""

    def __init__(self, *failures: Exception) -> None:
        self._failures = list(failures)
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self._failures:
            raise self._failures.pop(0)
        return "answer"


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds it would have waited."""
    waited: list[float] = []
    monkeypatch.setattr(retry.time, "sleep", waited.append)
    return waited


def tried(attempt: Callable[[], Any], **more: Any) -> Any:
    options = {"max_attempts": 3, "backoff_s": 1, "on_retry": lambda: None}
    return with_retries(attempt, **{**options, **more})


def test_it_goes_on_until_there_is_an_answer(pauses: list[float]) -> None:
    flaky = Flaky(Transient("busy"), Transient("busy"))
    assert tried(flaky) == "answer"
    assert (flaky.calls, len(pauses)) == (3, 2)


def test_it_gives_up_after_the_last_attempt_without_waiting_once_more(pauses: list[float]) -> None:
    flaky = Flaky(*[Transient(f"failure {n}") for n in range(1, 9)])
    with pytest.raises(Transient, match="failure 3"):
        tried(flaky)
    assert (flaky.calls, len(pauses)) == (3, 2)


def test_one_attempt_is_one_attempt(pauses: list[float]) -> None:
    with pytest.raises(Transient):
        tried(Flaky(Transient("busy")), max_attempts=1)
    assert pauses == []


def test_what_is_not_transient_is_never_tried_again(pauses: list[float]) -> None:
    flaky = Flaky(ValueError("wrong"))
    with pytest.raises(ValueError, match="wrong"):
        tried(flaky)
    assert flaky.calls == 1


def test_each_retry_is_counted(pauses: list[float]) -> None:
    counted: list[None] = []
    tried(Flaky(Transient("busy"), Transient("busy")), on_retry=lambda: counted.append(None))
    assert len(counted) == 2


def test_pauses_double_with_jitter_and_end_at_a_minute(pauses: list[float]) -> None:
    tried(Flaky(*[Transient("busy")] * 9), max_attempts=10)
    for pause, longest in zip(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60], strict=True):
        assert longest / 2 <= pause <= longest


def test_jitter_keeps_two_clients_apart(pauses: list[float]) -> None:
    for _ in range(8):
        tried(Flaky(Transient("busy")))
    assert len(set(pauses)) > 1


def test_oracle_says_how_long_to_wait(pauses: list[float]) -> None:
    tried(Flaky(Transient("busy", 7), Transient("busy", 0)))
    assert pauses == [7, 0]


def test_no_answer_makes_it_wait_for_more_than_five_minutes(pauses: list[float]) -> None:
    tried(Flaky(Transient("busy", 21_600)))
    assert pauses == [300]


@time_machine.travel("2026-11-24T02:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("Tue, 24 Nov 2026 02:00:30 GMT", 30),
        ("Tue, 24 Nov 2026 01:00:00 GMT", 0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after_s(header) == seconds


def test_a_retry_after_of_strange_digits_says_nothing() -> None:
    assert retry_after_s("\xb2") is None
