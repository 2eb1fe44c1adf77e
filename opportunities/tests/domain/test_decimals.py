"""Numbers as people type them: the table the page reads them by as well."""

import json
from pathlib import Path

import pytest

from opportunities.domain.decimals import NoNumber, read_decimal

VECTORS = json.loads((Path(__file__).parents[2] / "decimal_vectors.json").read_text())
SENTENCES = {"two ways": "can mean two numbers", "no number": "Write a number"}


@pytest.mark.parametrize(("typed", "meant"), VECTORS)
def test_a_number_is_read_as_it_was_meant_or_refused(typed, meant):
    if meant not in SENTENCES:
        assert read_decimal(typed) == meant
        return
    with pytest.raises(NoNumber, match=SENTENCES[meant]):
        read_decimal(typed)
