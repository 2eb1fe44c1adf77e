"""Read the views from their files: the SQL, and what it says of the view and each column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bqs.analysts.tables import our_tables

FOLDER = Path(__file__).with_name("sql")
TABLE = re.compile(r"\b(?:FROM|JOIN) (\w+) AS (\w+)")
# Such as "o.stage," and "p.name AS assigned_sa, -- The name of the assigned SA."
COLUMN = re.compile(r"^    (?:(\w+)\.(\w+)|.* AS (\w+)),?(?: -- (.+))?$", re.MULTILINE)


@dataclass(frozen=True)
class View:
    name: str
    kind = "VIEW"

    @cached_property
    def sql(self) -> str:
        return (FOLDER / f"{self.name}.sql").read_text(encoding="utf-8")

    @property
    def description(self) -> str:
        return self.sql.splitlines()[0].removeprefix("-- ")

    def columns(self) -> Iterator[tuple[str, str]]:
        """Yield name and description of each: its comment, else what the table's column has."""
        tables = {alias: table for table, alias in TABLE.findall(self.sql)}
        read = (table for table in our_tables() if table.name in tables.values())
        texts = {table.name: dict(table.columns()) for table in read}
        last_select = self.sql.rpartition("\nSELECT\n")[2].partition("\nFROM ")[0]
        for alias, column, name, comment in COLUMN.findall(last_select):
            yield name or column, comment or texts[tables[alias]][column]


# Each below those that it reads.
VIEWS = tuple(
    View(f"bi_{name}")
    for name in (
        *("version", "people", "opportunities", "changes", "events", "states"),
        *("assessments", "answers", "decisions", "exchange_rates"),
    )
)
PIPELINE_AS_OF = View("bi_pipeline_as_of")
