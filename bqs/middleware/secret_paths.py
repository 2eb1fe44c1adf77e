"""Keep from the log the paths that are secrets: of a calendar, and of a mail for a new password."""

import logging
import re

KEY = re.compile(r"(/calendar/|/password/reset/(?=[^/\s]+-))[^/\s]+")


class SecretPathFilter(logging.Filter):
    """Cuts them from each record, as Django names the path of what is refused, or fails."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _cut(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_cut, record.args))
        return True


def _cut(value: object) -> object:
    return KEY.sub(r"\1…", value) if isinstance(value, str) else value
