"""Know the run that this process carries out, for its log lines. There is one at a time."""

_runs: list[int] = []


def begin(run_id: int) -> None:
    _runs[:] = [run_id]


def end() -> None:
    _runs.clear()


def run_id() -> int | None:
    return _runs[0] if _runs else None
