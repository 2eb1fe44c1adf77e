"""Put on record that a web process starts: its version in the log, its settings in the audit."""

import logging

from django.core.checks import run_checks

from audit.settings_seen import note_settings_beside
from bqs import __version__

log = logging.getLogger("bqs.start")


def on_start() -> None:
    log.info("BQS %s starts", __version__)
    for each in run_checks(tags=["folders"]):
        log.error("%s", each.msg)
    note_settings_beside("web")
