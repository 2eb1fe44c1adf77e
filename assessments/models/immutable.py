"""Keep rows from being changed once they are frozen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound="ImmutableModel")
NEVER = Q(pk__in=[])


class Frozen(TypeError):
    """Refuse to change a frozen row; the message says what to do instead."""


class FreezingQuerySet(models.QuerySet[Row]):
    def update(self, **values: Any) -> int:
        self.refuse_if_frozen(values)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse_if_frozen()
        return super().delete()

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        rows = list(objs)
        self.model.refuse_new(rows)
        return super().bulk_create(rows, *args, **options)

    def refuse_if_frozen(self, fields: Iterable[str] | None = None) -> None:
        """Refuse where any of these rows is frozen, unless only free fields change."""
        is_free = fields is not None and set(fields) <= self.model.FREE_FIELDS
        if not is_free and self.exclude(self.model.OPEN).exists():
            raise Frozen(self.model.FROZEN_SENTENCE)


class ImmutableModel(models.Model):
    OPEN: ClassVar[Q] = NEVER
    """Select the rows that may be changed; asked of the database, not of the object."""
    FREE_FIELDS: ClassVar[frozenset[str]] = frozenset()
    """Fields that may change even so."""
    FROZEN_SENTENCE: ClassVar[str] = "This cannot be changed. Add a new one instead."

    objects = FreezingQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if self._state.adding:
            self.refuse_new([self])
        else:
            self._stored().refuse_if_frozen(options.get("update_fields"))
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        self._stored().refuse_if_frozen()
        return super().delete(*args, **options)

    @classmethod
    def refuse_new(cls, rows: list[Any]) -> None:
        """Refuse a row that would join a frozen whole."""

    def _stored(self) -> Any:
        return type(self)._default_manager.filter(pk=self.pk)


class Part(ImmutableModel):
    """A row that freezes with the whole it belongs to."""

    WHOLE: ClassVar[str]
    """The lookup that leads to the whole."""

    class Meta:
        abstract = True

    @classmethod
    def refuse_new(cls, rows: list[Any]) -> None:
        whole = _related_model(cls, cls.WHOLE)
        keys = {_pk_through(row, cls.WHOLE) for row in rows}
        whole._default_manager.filter(pk__in=keys).refuse_if_frozen()


def _related_model(model: type[models.Model], lookup: str) -> Any:
    for name in lookup.split("__"):
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model


def _pk_through(row: Any, lookup: str) -> Any:
    for name in lookup.split("__"):
        row = getattr(row, name)
    return row.pk
