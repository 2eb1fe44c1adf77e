"""Let a scanner that the site names look at each file before it is kept."""

import logging
import shlex
import shutil
import subprocess
import tempfile
from typing import IO

from django.conf import settings

from opportunities.attachments.file_types import FileRefused

LONGEST_S = 60
MOST_LETTERS = 300
log = logging.getLogger(__name__)


def scan(file: IO[bytes]) -> None:
    """Run ATTACHMENT_SCANNER with the file's path; it refuses by any exit code but 0.

    Raises: FileRefused, with the last line that the scanner wrote.
    """
    command = shlex.split(settings.ATTACHMENT_SCANNER)
    if not command:
        return
    with tempfile.NamedTemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        try:
            done = subprocess.run(  # noqa: S603 - the site's own command, no shell
                [*command, copy.name], capture_output=True, timeout=LONGEST_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            log.exception("The scanner of attachments failed")
            sentence = (
                "The file could not be scanned, so it was not attached. Ask an administrator."
            )
            raise FileRefused("not_scanned", sentence) from error
    if done.returncode:
        raise FileRefused("scanner", f"The virus scanner refused this file{_why(done.stdout)}.")


def _why(output: bytes) -> str:
    lines = output.decode(errors="replace").replace("\0", "").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return f": {last[:MOST_LETTERS]}" if last else ""
