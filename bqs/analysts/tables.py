"""Describe our tables and their columns in the words of the models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models

MOST_CHOICES = 12


@dataclass(frozen=True)
class Table:
    model: type[models.Model]
    kind = "TABLE"

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def description(self) -> str:
        """Return the model's first paragraph, or what Django calls the rows."""
        written = cleandoc(self.model.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        is_djangos = written.startswith(f"{self.model.__name__}(")
        return _sentence(str(self.model._meta.verbose_name_plural) if is_djangos else written)

    def columns(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each, and its label, choices, help, and what it refers to."""
        for field in self.model._meta.concrete_fields:
            yield str(field.column), " ".join(map(_sentence, filter(None, _parts(field))))


def our_apps() -> list[AppConfig]:
    """Return the project's own."""
    return [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def our_tables() -> Iterator[Table]:
    """Yield those of the project's own apps, by app and name."""
    for app in our_apps():
        found = map(Table, app.get_models(include_auto_created=True))
        yield from sorted(found, key=lambda table: table.name)


def _parts(field: models.Field[Any, Any]) -> Iterator[str]:
    yield from (str(field.verbose_name), str(field.help_text))
    if isinstance(field, models.ForeignKey):
        yield f"Refers to {field.remote_field.model._meta.db_table}"
    values = [str(value) for value, _ in field.flatchoices if value]
    if values and len(values) <= MOST_CHOICES:
        yield f"One of {', '.join(values)}"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}".rstrip(".") + "."
