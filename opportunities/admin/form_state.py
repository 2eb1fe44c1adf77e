"""Record what the forms of a page show, row by row, to find later changes."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField, Field, ModelForm
from django.http import QueryDict
from django.utils.text import capfirst

from opportunities.lists.presentation import in_words

LONGEST = 200


@dataclass(frozen=True)
class Row:
    """Hold the object of the page, or one of the rows below it."""

    name: str
    prefix: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Change:
    what: str
    now: str


Rows = dict[str, Row]


def rows_of(forms: Iterable[ModelForm]) -> Rows:
    return {_key(form): _row(form) for form in forms}


def written(rows: Rows) -> dict[str, Any]:
    """Return the rows as JSON takes them, for a hidden field."""
    return {key: [row.name, row.prefix, row.values] for key, row in rows.items()}


def read(sent: Any) -> Rows:
    """Read what written() gave. Raises: TypeError, ValueError, AttributeError."""
    rows = {key: Row(name, prefix, dict(values)) for key, (name, prefix, values) in sent.items()}
    for row in rows.values():
        # Half a character can be read, and not be shown.
        row.name.encode()
    return rows


def changes(shown: Rows, forms: Iterable[ModelForm]) -> Iterator[Change]:
    """Yield what is no longer as it was shown."""
    now = {_key(form): form for form in forms}
    for key, form in now.items():
        if key not in shown:
            yield Change(_row(form).name, "added")
            continue
        for name in _changed(shown[key], _row(form)):
            of_row = f"{shown[key].name}: " if form.prefix else ""
            yield Change(f"{of_row}{form[name].label}", _words(form[name]))
    yield from (Change(row.name, "removed") for key, row in shown.items() if key not in now)


def take_over(data: QueryDict, shown: Rows, forms: Iterable[ModelForm]) -> bool:
    """Put what others changed into the fields that this person has left as they were.

    Returns: whether these were all that others changed.
    """
    forms = list(forms)
    is_all = shown.keys() == {_key(form) for form in forms}
    for form in forms:
        now = _row(form)
        before = shown.get(_key(form), now)
        for name in _changed(before, now):
            address = f"{before.prefix}-{name}" if before.prefix else name
            sent = form.fields[name].widget.value_from_datadict(data, {}, address)
            if _words_sent(sent) == _words_sent(before.values.get(name)):
                data.setlist(address, _words_sent(now.values[name]))
            else:
                is_all = False
    return is_all


def _changed(before: Row, now: Row) -> list[str]:
    return [name for name, value in now.values.items() if before.values.get(name) != value]


def _key(form: ModelForm) -> str:
    return f"{form.instance._meta.label_lower} {form.instance.pk}"


def _row(form: ModelForm) -> Row:
    named = capfirst(f"{form.instance._meta.verbose_name} {form.instance}")
    values = {bound.name: _plain(bound) for bound in form if not bound.field.disabled}
    return Row(named, form.prefix or "", values)


def _plain(bound: BoundField) -> Any:
    value = json.loads(json.dumps(bound.value(), cls=DjangoJSONEncoder, default=str))
    return sorted(value, key=str) if isinstance(value, list) else value


def _words_sent(value: Any) -> list[str]:
    """Return the value as a browser sends it, with one character at the end of a line."""
    match value:
        case list():
            return sorted(map(str, value))
        case None | False | "":
            return []
        case True:
            return ["on"]
    return [str(value).replace("\r\n", "\n")]


def _words(bound: BoundField) -> str:
    value = _plain(bound)
    names = _names(bound.field)
    values = value if isinstance(value, list) else [value]
    return in_words([names.get(str(each), each) for each in values] or None)[:LONGEST]


def _names(field: Field) -> dict[str, Any]:
    return {str(value): label for value, label in getattr(field, "choices", ())}
