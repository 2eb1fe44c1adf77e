"""Runs one command and prints what it took: time, processor, memory, exit code.

A small process of its own, because Linux counts into a child's peak what its parent had at
the fork. What the command prints goes to stderr.
"""

import json
import os
import subprocess
import sys
import time

if __name__ == "__main__":
    began = time.perf_counter()
    child = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)  # noqa: S603
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    code = child.returncode = os.waitstatus_to_exitcode(status)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu_s": usage.ru_utime + usage.ru_stime,
                "peak_mb": usage.ru_maxrss / 1024,
                "code": code,
            }
        )
    )
