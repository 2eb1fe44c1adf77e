"""Look at a tenant for the first time: survey it, and find what `.env` lacks for a sync."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from opportunities.domain.policy import policy
from sync import conf
from sync.discovery import env_file
from sync.discovery.diagnosis import CurrentSettings, Problem, diagnose, solutions
from sync.oracle.errors import OracleConfigError, OracleError
from sync.oracle.fields.mapping import COLUMN_OF
from sync.oracle.findings import Findings
from sync.oracle.survey.address import base_addresses
from sync.oracle.survey.survey import survey
from sync.oracle.transport.config import OracleConfig
from sync.oracle.transport.sign_in import sign_in_for
from sync.safety.refused_login import heeding_refusals

CONNECTION_SETTINGS = (
    *("ORACLE_BASE_URL", "ORACLE_AUTH", "ORACLE_USERNAME", "ORACLE_PASSWORD"),
    *("ORACLE_TOKEN_URL", "ORACLE_CLIENT_ID", "ORACLE_CLIENT_SECRET", "ORACLE_SCOPE"),
    *("ORACLE_TOKEN_FILE", "ORACLE_CA_BUNDLE", "ORACLE_PROXY", "SECRET_KEY"),
)


@dataclass(frozen=True)
class FirstLook:
    problems: list[Problem]
    found: Findings | None = None
    """None where our own settings do not allow a single question."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """The lines that `.env` lacks for a sync; none before address and login are known to work."""
    overridden: Sequence[str] = ()
    """Those of them that the environment overrides."""


def look_at_oracle(
    typed: Mapping[str, str], file: Path, *, try_again: bool, on_question: Callable[[str], object]
) -> FirstLook:
    """Survey Oracle with the settings, or with what was typed in their place.

    Args:
        typed: setting -> value.
        file: the `.env`, whether it exists yet or not.
        try_again: ask even with a login that was refused lately.
        on_question: called with each question in words.
    """
    written_address = typed.get("ORACLE_BASE_URL") or settings.ORACLE_BASE_URL
    bases = base_addresses(written_address)
    try:
        config = conf.oracle_config(
            base_url=bases[0] if bases else written_address,
            username=typed.get("ORACLE_USERNAME") or settings.ORACLE_USERNAME,
            password=typed.get("ORACLE_PASSWORD") or settings.ORACLE_PASSWORD,
        )
        current = _current(config, written_address)
    except OracleConfigError as error:
        return FirstLook([Problem(each, stops=True) for each in error.problems])
    found = _survey(config, current, try_again=try_again, on_question=on_question)
    problems = diagnose(found, current)
    if found.end:
        return FirstLook(problems, found)
    in_file = env_file.settings_in(file)
    missing = {**_connection(found.config, typed), **solutions(problems)}
    missing = {name: value for name, value in missing.items() if in_file.get(name) != value}
    return FirstLook(problems, found, missing, _overridden(missing, in_file))


def _current(config: OracleConfig, written_address: str) -> CurrentSettings:
    usual_names: dict[str, str] = {}
    for name, column in COLUMN_OF.items():
        usual_names.setdefault(column, name)
    return CurrentSettings(
        config,
        written_address,
        conf.field_mapping().wanted,
        conf.renames(),
        usual_names,
        conf.closed_statuses(),
        conf.lists_of_statuses(),
        policy.SALES_STAGES,
    )


def _survey(
    config: OracleConfig,
    current: CurrentSettings,
    *,
    try_again: bool,
    on_question: Callable[[str], object],
) -> Findings:
    sign_in = sign_in_for(config)
    lists = current.lists_of_statuses
    statuses = [*lists["ORACLE_OPEN_STATUS_CODES"], *lists["ORACLE_CLOSED_STATUS_CODES"]]
    try:
        with heeding_refusals(sign_in, try_again=try_again):
            return survey(config, sign_in, current.wanted, statuses, on_question)
    except OracleError as error:
        return Findings(config, end=str(error))


def _connection(config: OracleConfig, typed: Mapping[str, str]) -> dict[str, str]:
    """Return how Oracle was reached now, for cron, which does not have this environment."""
    used = {name: typed.get(name) or os.environ.get(name, "") for name in CONNECTION_SETTINGS}
    used["ORACLE_BASE_URL"] = config.base_url
    return {name: value for name, value in used.items() if value}


def _overridden(missing: Mapping[str, str], in_file: Mapping[str, str]) -> list[str]:
    """Return what the environment sets otherwise; a value equal to the file's came from there."""
    return [
        name
        for name, value in missing.items()
        if os.environ.get(name, value) not in (value, in_file.get(name))
    ]
