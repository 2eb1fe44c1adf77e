"""A crontab program for tests: a real one in all but that it keeps its table in a file."""

from dataclasses import dataclass
from pathlib import Path

PROGRAM = """#!/bin/sh
table='{table}'
case "$1" in
  -l) if [ -f "$table" ]; then cat "$table"; else echo "no crontab for $USER" >&2; exit 1; fi ;;
  -) cat > "$table" ;;
  *) cp "$1" "$table" ;;
esac
"""


@dataclass
class FakeCrontab:
    program: Path
    table: Path

    @property
    def lines(self) -> list[str]:
        return self.table.read_text().splitlines() if self.table.exists() else []

    def holds(self, *lines: str) -> None:
        self.table.write_text("".join(f"{line}\n" for line in lines))

    def becomes(self, script: str) -> None:
        self.program.write_text(f"#!/bin/sh\n{script}\n")


def crontab_of(settings, folder: Path) -> FakeCrontab:
    """Put it in the place of the machine's."""
    crontab = FakeCrontab(folder / "crontab", folder / "table")
    crontab.program.write_text(PROGRAM.format(table=crontab.table))
    crontab.program.chmod(0o755)
    settings.CRONTAB_EXECUTABLE = str(crontab.program)
    return crontab
