"""A small chart of each goal: how far it was from its limit, run after run. Pure."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from bench.goals.history import Line

COLUMNS, WIDTH, HEIGHT, TITLE, MARGIN = 2, 520, 110, 34, 14
LEAST_TOP = 1.5
"""Times the limit, at the upper edge: more, where a figure is."""
STYLE = """
text { font: 11px sans-serif; fill: #333 } .limit { stroke: #999; stroke-dasharray: 4 3 }
.ours { stroke: #1f6feb; stroke-width: 2; fill: none } circle { fill: #1a7f37 }
circle.missed { fill: #cf222e } rect { fill: #fff }
"""


def drawn(history: Sequence[Line]) -> str:
    goals: dict[str, list[Line]] = {}
    for line in history:
        goals.setdefault(line.target.name, []).append(line)
    height = -(-len(goals) // COLUMNS) * HEIGHT
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{COLUMNS * WIDTH}" height="{height}">'
    frame = '<rect width="100%" height="100%"/>'
    panels = (
        _panel(found, WIDTH * (place % COLUMNS), HEIGHT * (place // COLUMNS))
        for place, found in enumerate(goals.values())
    )
    return "\n".join([head, f"<style>{STYLE}</style>", frame, *panels, "</svg>", ""])


def _panel(found: Sequence[Line], x: int, y: int) -> str:
    parts = [f'<g transform="translate({x} {y})">', *_titles(found), *_line(found), "</g>"]
    return "\n".join(parts)


def _titles(found: Sequence[Line]) -> Iterator[str]:
    last = found[-1].target
    bound = "at least" if last.is_least else "at most"
    told = f"{last.measured:.2f}, {bound} {last.limit:g} {last.unit}"
    yield f'<text x="{MARGIN}" y="14">{escape(last.name)}</text>'
    yield f'<text x="{MARGIN}" y="28">{escape(told)} ({found[-1].facts["date"][:10]})</text>'


def _line(found: Sequence[Line]) -> Iterator[str]:
    """Draw the limit as a dashed line, and what was measured: below it the goal is reached."""
    values = [line.target.times_the_limit for line in found]
    top = max(LEAST_TOP, *values)
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    points = [(MARGIN + step * place, _height(value, top)) for place, value in enumerate(values)]
    limit = _height(1, top)
    yield f'<line class="limit" x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{limit}" y2="{limit}"/>'
    yield f'<polyline class="ours" points="{" ".join(f"{x:.0f},{y}" for x, y in points)}"/>'
    for line, (x, y) in zip(found, points, strict=True):
        kind = "reached" if line.target.is_reached else "missed"
        when = escape(f"{line.facts['date']}: {line.target.measured:.2f}")
        yield f'<circle class="{kind}" cx="{x:.0f}" cy="{y}" r="3"><title>{when}</title></circle>'


def _height(value: float, top: float) -> float:
    return round(HEIGHT - MARGIN - (HEIGHT - TITLE - MARGIN) * value / top, 1)
