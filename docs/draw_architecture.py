"""Draw the wings of the code into docs/architecture.md, as its imports have them.

Run `python docs/draw_architecture.py` after moving code; `--check` only compares, as CI does.
"""

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import grimp

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs/architecture.md"
DRAWN = re.compile(r"(?<=<!-- drawn -->\n).*(?=<!-- end -->)", re.DOTALL)
# From the top of the picture to its foot, as the import contracts in pyproject.toml have it.
APPS = (
    "bqs",
    "notifications",
    "accounts",
    "assessments",
    "sync",
    "opportunities",
    "audit",
    "outbox",
)
TESTS = {"tests", "migrations"}
NOT_DRAWN = {"management", "templatetags", "formats"}

Arrows = dict[str, set[str]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="Fail if the page is out of date.")
    is_check = parser.parse_args().check
    page = PAGE.read_text()
    sys.path.insert(0, str(PROJECT))
    drawn = DRAWN.sub(lambda _: draw(grimp.build_graph(*APPS)), page)
    if is_check:
        if drawn != page:
            print("docs/architecture.md is out of date: run python docs/draw_architecture.py")
        return int(drawn != page)
    PAGE.write_text(drawn)
    return 0


def draw(graph: grimp.ImportGraph) -> str:
    rooms = sorted({room_of(module) for module in graph.modules if is_production(module)})
    arrows = arrows_between_rooms(graph)
    drawn = [room for room in rooms if is_wing(room)]
    inside = {a: {b for b in arrows[a] if app_of(b) == app_of(a)} for a in rooms}
    lines = ["```mermaid", "flowchart TB"]
    for app in APPS:
        lines += drawn_app(app, [room for room in drawn if app_of(room) == app])
    lines += drawn_arrows(without_detours({a: inside[a] & {*drawn} for a in drawn}))
    lines += drawn_arrows(without_detours(arrows_between_apps(arrows)))
    return "\n".join([*lines, "```", "", *wings(drawn), "", *counts(inside), ""])


def is_production(module: str) -> bool:
    parts = module.split(".")
    return len(parts) > 1 and not TESTS & {*parts} and not parts[-1].startswith("test_")


def room_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def app_of(room: str) -> str:
    return room.split(".")[0]


def is_wing(room: str) -> bool:
    """Tell a folder from a single file: only folders are in the picture."""
    door = PROJECT / room.replace(".", "/") / "__init__.py"
    return room.split(".")[1] not in NOT_DRAWN and door.is_file()


def arrows_between_rooms(graph: grimp.ImportGraph) -> Arrows:
    arrows: Arrows = defaultdict(set)
    for module in filter(is_production, graph.modules):
        for imported in filter(is_production, graph.find_modules_directly_imported_by(module)):
            if room_of(module) != room_of(imported):
                arrows[room_of(module)].add(room_of(imported))
    return arrows


def arrows_between_apps(arrows: Arrows) -> Arrows:
    between: Arrows = defaultdict(set)
    for room, others in arrows.items():
        between[app_of(room)] |= {app_of(other) for other in others} - {app_of(room)}
    return between


def without_detours(arrows: Arrows) -> Arrows:
    """Leave out an arrow where a longer way leads to the same place."""

    def beyond(start: str) -> set[str]:
        found: set[str] = set()
        waiting = [*arrows.get(start, ())]
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting += arrows.get(place, ())
        return found

    return {a: bs - {far for b in bs for far in beyond(b)} for a, bs in arrows.items()}


def drawn_app(app: str, rooms: Iterable[str]) -> list[str]:
    boxes = [f'    {room.replace(".", "_")}["{room.split(".")[1]}"]' for room in rooms]
    return [f"  subgraph {app}", *boxes, "  end"] if boxes else [f'  {app}["{app}"]']


def drawn_arrows(arrows: Arrows) -> list[str]:
    pairs = sorted((a, b) for a, bs in arrows.items() for b in bs)
    return [f"  {a} --> {b}".replace(".", "_") for a, b in pairs]


def counts(inside: Arrows) -> list[str]:
    lines = ["| app | rooms | arrows between them |", "|---|---|---|"]
    for app in APPS:
        rooms = [room for room in inside if app_of(room) == app]
        lines.append(f"| `{app}` | {len(rooms)} | {sum(len(inside[room]) for room in rooms)} |")
    return lines


def wings(rooms: Iterable[str]) -> list[str]:
    lines = ["| wing | what it is for |", "|---|---|"]
    for room in rooms:
        file = PROJECT / room.replace(".", "/") / "__init__.py"
        docstring = ast.get_docstring(ast.parse(file.read_text())) or "-"
        lines.append(f"| `{room.replace('.', '/')}` | {docstring.splitlines()[0]} |")
    return lines


if __name__ == "__main__":
    sys.exit(main())
