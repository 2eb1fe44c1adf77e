"""Work of earlier days, so that a demo has clocks that have run and decisions of other months."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest import mock

from django.utils import timezone


@contextmanager
def days_ago(days: float) -> Iterator[datetime]:
    """As if it were then, for everything that asks Django what time it is."""
    then = timezone.now() - timedelta(days=days)
    with mock.patch("django.utils.timezone.now", return_value=then):
        yield then
