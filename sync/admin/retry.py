"""Rejected records asked for again, one by one."""

from collections.abc import Iterable, Iterator

from django.contrib import messages

from sync.models import RejectedRecord
from sync.oracle.errors import OracleError, OracleNotFound, RecordError
from sync.refresh import refresh_opportunity

MOST_AT_A_TIME = 20


def retry(records: Iterable[RejectedRecord]) -> Iterator[tuple[int, str]]:
    """Yield what became of each, as message level and sentence; ends when Oracle fails."""
    for record in records:
        if record.remote_id is None:
            yield messages.WARNING, f"{record} – without an id it waits for the next full run."
            continue
        try:
            refresh_opportunity(record.remote_id)
        except RecordError as error:
            yield messages.WARNING, f"{record.remote_id} cannot be taken in yet: {error}."
        except OracleNotFound as error:
            yield messages.WARNING, str(error)
        except OracleError as error:
            yield messages.ERROR, str(error)
            return
        else:
            yield messages.SUCCESS, f"{record.remote_id} was taken in."
