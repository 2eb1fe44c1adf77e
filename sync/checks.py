"""Check the settings that only a sync would stumble over, for `manage.py check`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from sync import conf
from sync.oracle.errors import OracleConfigError


def check_oracle_settings(**_: Any) -> list[CheckMessage]:
    """Name all that is wrong with ORACLE_… at once; before there is an address, little is."""
    readers: list[Callable[[], object]] = [conf.field_mapping]
    if settings.ORACLE_BASE_URL:
        readers.append(conf.oracle_config)
    return [Warning(problem, id="sync.W001") for read in readers for problem in _problems_of(read)]


def _problems_of(read: Callable[[], object]) -> tuple[str, ...]:
    try:
        read()
    except OracleConfigError as error:
        return error.problems
    return ()
