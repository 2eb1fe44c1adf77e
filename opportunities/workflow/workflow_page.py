"""Write docs/workflow.md from the workflow's table."""

from collections.abc import Iterator

from opportunities.domain.states import TRANSITIONS, Target, Transition, WorkflowStatus

HEAD = """# The workflow of a qualification

Written by `manage.py workflow_docs` from the table in `opportunities/domain/states.py`. The
available actions, rights, checks and tests come from it, too; a test compares them.

Everything outside the table is refused: with 409 and the rule's name where the state or a guard
refuses, with 403 where the right is missing, with 404 where the opportunity is not visible. Each
transition is one database transaction on a locked row and writes one event that nobody can change.

The diagram leaves out hold, resume, and the sync's closing and reopening: they are possible in
nearly any state and lead back to it.
"""
IN_EVERY_STATE = {
    *(Target.BEFORE_HOLD, Target.BEFORE_CLOSE),
    *(WorkflowStatus.ON_HOLD, WorkflowStatus.CLOSED_IN_CRM),
}


def workflow_page() -> str:
    return "\n".join([HEAD, *_diagram(), "", *_table(), ""])


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    [*] --> NEW: first seen"
    for row in TRANSITIONS:
        if row.target not in IN_EVERY_STATE:
            yield from _arrows(row)
    yield "```"


def _arrows(row: Transition) -> Iterator[str]:
    for source in row.sources:
        yield f"    {source.value} --> {_end(row, source).value}: {row.action.label}"
    if row.target is Target.WORK:
        yield f"    NO_BID --> NEW: {row.action.label} (unscored, unassigned)"


def _end(row: Transition, source: WorkflowStatus) -> WorkflowStatus:
    match row.target:
        case WorkflowStatus():
            return row.target
        case Target.WORK:
            return WorkflowStatus.IN_ASSESSMENT
    return source


def _table() -> Iterator[str]:
    yield "| action | from | to | who | guards | asks for | effects |"
    yield "|---|---|---|---|---|---|---|"
    for row in TRANSITIONS:
        cells = (
            row.action.label,
            ", ".join(source.label for source in row.sources),
            row.target.label if isinstance(row.target, WorkflowStatus) else row.target.value,
            ", ".join(right.value for right in row.rights),
            "; ".join(guard.label for guard in row.guards) or "–",
            ", ".join(_asked(row)) or "–",
            row.effects,
        )
        yield f"| {' | '.join(cells)} |"


def _asked(row: Transition) -> Iterator[str]:
    yield from (ask.label for ask in row.required_inputs)
    yield from (f"({ask.label})" for ask in row.optional_inputs)
