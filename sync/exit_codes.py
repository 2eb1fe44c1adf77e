"""Name the exit codes of `manage.py sync_oracle`: the status of its run, or why there is none."""

from enum import IntEnum


class ExitCode(IntEnum):
    SUCCESS = 0
    FAILED = 1
    PARTIAL = 2
    ALREADY_RUNNING = 75
    STOPPED = 130
