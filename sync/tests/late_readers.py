"""A run that broke off leaves readers behind that still ask: not of the next test's Oracle."""

import threading

from sync.oracle.reading.read_ahead import THREAD

LONGEST_WAIT_S = 30


def await_late_readers() -> None:
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join(LONGEST_WAIT_S)
