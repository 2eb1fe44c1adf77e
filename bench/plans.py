"""`python -m bench.plans`: how PostgreSQL carries out the queries people wait for, as Markdown.

The queries come from the real addresses. `python -m bench.goals --record` writes the page of docs.
"""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from bench import machine
from bench.api.mirror import Mirror, filled
from bench.stand import migrated_server, stand

MULTIPLY = ("-m", "bench.api.many")
HEAD = """# Query plans

How PostgreSQL carries out the ten queries people wait for, on {rows:,} opportunities: of each
answer the dearest query, as `EXPLAIN (ANALYZE, BUFFERS)` tells it, shortened. Each step stands
above those that feed it; its time includes theirs; those under 1 % are left out; a page has 8 KB.
Where a step ran several times, in turn or side by side, rows and time are those of one.
Made by `python -m bench.goals --record`. A look at fewer rows: `python -m bench.plans --help`.

{where}
"""
SENTENCES = {
    "list": (
        "The list's first page",
        "The newest fifty ids come from an index alone, then their rows by their keys: as cheap in "
        "any table.",
    ),
    "value": (
        "The list by value",
        "An index holds the order, and deals without a value are put behind it: as cheap in any "
        "table.",
    ),
    "deep": (
        "A page in the middle of the list",
        "An index alone is walked to the middle, and rows are read for fifty ids only; no page "
        "costs more, as the second half is walked from the end.",
    ),
    "search": (
        "A search for a word",
        "The count is the dearest: the index of trigrams names the rows that may have the word, "
        "and no more than 10,001 are looked at.",
    ),
    "tabs": (
        "The counts of the tabs",
        "All tabs are counted in one pass over an index that holds what they count, so no row is "
        "read, but the pass grows with the table.",
    ),
    "group": (
        "The headings of a list in groups",
        "Each group's count and sums need every row, so this is a scan of the table and more.",
    ),
    "for_you": (
        "For you, of a lead of 20 practices",
        "Each section finds its rows by an index and sorts what it found, so its cost grows with "
        "the open work and not with the table.",
    ),
    "dashboard": (
        "The dashboard",
        "Every figure comes from all rows, grouped once by all that figures tell apart: a scan of "
        "the table and more.",
    ),
    "pulse": (
        "The pulse",
        "What moved since is the end of an index, which is empty as long as nothing did.",
    ),
    "sync": (
        "A page of the sync",
        "One statement takes in 500 records as JSON and finds their rows by their ids; most of its "
        "time goes into each changed row's entries in all indexes.",
    ),
}


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.plans", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, metavar="N")
    parser.add_argument("--times", type=int, default=10, metavar="N", help="then multiplied")
    return parser


def main() -> None:
    options = arguments().parse_args()
    with migrated_server() as server, stand(server, options.rows, latency_ms=0) as place:
        where = machine.described(server)
        with filled(place) as mirror:
            if options.times > 1:
                mirror.carry_out(*MULTIPLY, str(options.times))
            print(query_plans(mirror, options.rows * options.times, where), end="")


def query_plans(mirror: Mirror, rows: int, where: str) -> str:
    """Return the page. Raises: PeerFailed."""
    plans = json.loads(mirror.run("bench.api.plans"))
    return "\n".join([HEAD.format(rows=rows, where=where), *_sections(plans)])


def _sections(plans: list[dict[str, Any]]) -> Iterator[str]:
    for plan in plans:
        title, sentence = SENTENCES[plan["name"]]
        yield f"## {title}: {plan['ms']:.1f} ms\n"
        yield f"{sentence} The whole answer takes {plan['queries']} queries.\n"
        yield f"```sql\n{plan['sql']}\n```\n"
        yield "\n".join(["```", *plan["nodes"], "```", ""])


if __name__ == "__main__":
    main()
