"""Tell who wrote which part of an assessment, and for whom; all of them scored it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model

from assessments.models import Assessment
from opportunities.lists.presentation import names_of


@dataclass(frozen=True)
class Part:
    """Name an answer, a reply or a recorded field, as one person wrote it."""

    label: str
    author: int
    on_behalf_of: int | None
    is_former: bool = False
    """True where somebody else has replaced it since."""


def authors_of(assessment: Assessment) -> set[int]:
    """Return everyone who wrote any part of it, and those for whom they wrote."""
    return _people_in(_parts_of(assessment))


def authors_in_words(assessment: Assessment) -> list[tuple[str, str]]:
    """Return each author, with the parts that they wrote."""
    parts, labels = _parts_of(assessment), dict[str, list[str]]()
    names = names_of(_people_in(parts))
    for part in parts:
        who = names[part.author]
        if part.on_behalf_of:
            who = f"{who}, on behalf of {names[part.on_behalf_of]}"
        labels.setdefault(who, []).append(f"{part.label}{' (rewritten)' if part.is_former else ''}")
    return [(who, "; ".join(parts_of_one)) for who, parts_of_one in labels.items()]


def label_of(model: type[Model], name: str) -> str:
    label = str(getattr(model._meta.get_field(name), "verbose_name", name))
    return label[0].upper() + label[1:]


def _people_in(parts: list[Part]) -> set[int]:
    people = {each.author for each in parts} | {each.on_behalf_of for each in parts}
    return {each for each in people if each}


def _parts_of(assessment: Assessment) -> list[Part]:
    """Return all that was ever written in this version or in what it was copied from."""
    saves: list[tuple[str, Mapping[str, Any]]] = []
    for rows, code in (
        (assessment.answers, "criterion__code"),
        (assessment.knockout_answers, "knockout__code"),
    ):
        written: Any = rows.values("former", "on_behalf_of", code=F(code), by=F("author"))
        saves += [(row["code"], row) for row in written.order_by("pk")]
    # PostgreSQL keeps the names in an order of its own.
    in_order = sorted(assessment.field_saves, key=Assessment.RECORDED_FIELDS.index)
    saves += [(label_of(Assessment, name), assessment.field_saves[name]) for name in in_order]
    return [part for label, save in saves for part in _written(label, save)]


def _written(label: str, save: Mapping[str, Any]) -> Iterator[Part]:
    for former in save.get("former", ()):
        yield Part(label, former["by"], former.get("on_behalf_of"), is_former=True)
    yield Part(label, save["by"], save.get("on_behalf_of"))
