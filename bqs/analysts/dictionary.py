"""Tell what views, tables and columns mean: in the database, and in docs/data-dictionary.md."""

from collections.abc import Iterator

from bqs.analysts.tables import Table, our_tables
from bqs.analysts.view_files import PIPELINE_AS_OF, VIEWS, View

HEAD = """# Data dictionary

Made by `python manage.py bi_views dictionary` from the views' SQL and the models; PostgreSQL has
the same as comments (`\\d+`). [Analysts](analysts.md) read the views; the tables can change with
each version.

## Views
"""


def comments() -> Iterator[str]:
    """Yield a statement of PostgreSQL for each table, view and column."""
    every: list[Table | View] = [*our_tables(), *VIEWS]
    for each in every:
        yield _comment(f"{each.kind} {each.name}", each.description)
        for column, text in each.columns():
            yield _comment(f'COLUMN {each.name}."{column}"', text)
    yield _comment(f"FUNCTION {PIPELINE_AS_OF.name}", PIPELINE_AS_OF.description)


def _comment(on: str, text: str) -> str:
    return "COMMENT ON {} IS '{}';".format(on, text.replace("'", "''"))


def dictionary() -> str:
    """Return the page."""
    views = "\n".join(map(_section, VIEWS))
    tables = "\n".join(map(_section, our_tables()))
    function = f"### {PIPELINE_AS_OF.name}(moment)\n{PIPELINE_AS_OF.description}\n"
    return f"{HEAD}\n{views}\n{function}\n## Tables\n\n{tables}"


def _section(of: View | Table) -> str:
    cells = ((column, text.replace("|", r"\|")) for column, text in of.columns())
    lines = "".join(f"| `{column}` | {text} |\n" for column, text in cells)
    return f"### {of.name}\n{of.description}\n\n| column | |\n|---|---|\n{lines}"
