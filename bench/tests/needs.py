"""What some benchmarks cannot run without."""

import pytest

from bench.scratch_postgres import NoPostgres, server_programs


def skip_without_postgres() -> None:
    try:
        server_programs()
    except NoPostgres as reason:
        pytest.skip(str(reason))
