"""Keep from the log the one path that is a secret: whoever has it reads a calendar."""

import logging
import re

KEY = re.compile(r"(/calendar/)[^/\s]+")


class SecretPathFilter(logging.Filter):
    """Cuts it from each record, as Django names the path of what is refused, or fails."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _cut(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_cut, record.args))
        return True


def _cut(value: object) -> object:
    return KEY.sub(r"\1…", value) if isinstance(value, str) else value
