import pytest

from sync.reports.presentation import duration


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, None),
        (0, "0.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10.0 s"),
        (12.4, "12 s"),
        (59.6, "1 min 0 s"),
        (185, "3 min 5 s"),
        (7800, "2 h 10 min"),
        (90000, "25 h 0 min"),
    ],
)
def test_a_duration_is_told_as_exactly_as_it_matters(seconds, words):
    assert duration(seconds) == words
