"""What processes have computed so far, as Linux counts it."""

import os
from pathlib import Path

TICKS_A_S = os.sysconf("SC_CLK_TCK")
PARENT, USED = 1, slice(11, 15)
"""Places in /proc/PID/stat behind the name; used: by itself, and by children that have ended."""


def cpu_s(root: int, word: str = "") -> float:
    """Seconds of this process and all below it; with a word, of those that are called so."""
    stats = dict(_stats())
    below, found = {root}, [root]
    for pid in found:
        children = [each for each, stat in stats.items() if int(stat[PARENT]) == pid]
        found += [each for each in children if each not in below]
        below.update(children)
    named = (pid for pid in below if pid in stats and word in _command(pid))
    return sum(sum(map(int, stats[pid][USED])) for pid in named) / TICKS_A_S


def _stats() -> list[tuple[int, list[str]]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found.append(
                (int(folder.name), (folder / "stat").read_text().rpartition(")")[2].split())
            )
        except OSError:  # It has ended meanwhile.
            continue
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
