"""Name the exit codes of `manage.py sync_oracle`: the status of its run, or why there is none."""

from enum import IntEnum
from typing import Any

from django.core.management import call_command


class ExitCode(IntEnum):
    SUCCESS = 0
    FAILED = 1
    PARTIAL = 2
    ALREADY_RUNNING = 75
    STOPPED = 130


def exit_code_of_sync(**options: Any) -> int:
    """Run the command in this process, and return the code that it would exit with."""
    try:
        call_command("sync_oracle", **options)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.FAILED
    return ExitCode.SUCCESS
