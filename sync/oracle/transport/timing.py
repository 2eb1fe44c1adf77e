"""Time the requests to Oracle for Prometheus, where the site keeps metrics."""

import os
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any


def timed() -> AbstractContextManager[Any]:
    # The library takes a while to import, which a short sync would notice.
    return seconds().time() if "PROMETHEUS_MULTIPROC_DIR" in os.environ else nullcontext()


@cache
def seconds() -> Any:
    from prometheus_client import Histogram

    return Histogram(
        "bqs_oracle_request_seconds",
        "Time of a request to Oracle, to the end of its answer.",
        buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90),
    )
