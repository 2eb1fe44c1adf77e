"""Collect all data stored about a person, and erase it when they have left."""

import secrets
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet

from accounts.models import RoleRequest, SavedView
from assessments.models import Answer, Assessment, KnockoutAnswer
from audit.models import AuditEvent
from audit.recording import record

SECRETS = frozenset({"password", "digest", "session_key", "data", "key"})
"""Columns that let somebody in; nobody needs them to know what is stored."""
Rows = list[dict[str, Any]]


def personal_data(user: User) -> dict[str, Rows]:
    """Return the rows of each table that name this person, by the model's name."""
    found: dict[str, Rows] = {"auth.user": _told(User.objects.filter(pk=user.pk))}
    found["auth.group"] = list(user.groups.values("name"))
    for model, names in _naming_people():
        is_theirs = Q(*((name, user.pk) for name in names), _connector=Q.OR)
        found[model._meta.label_lower] = _told(model._base_manager.filter(is_theirs))
    found["assessments.rewritten"] = list(_rewritten(user.pk))
    found["assessments.recorded"] = list(_recorded(user.pk))
    about = AuditEvent.objects.filter(about_kind="auth.user", about_id=str(user.pk))
    found["audit.about"] = _told(about)
    return {label: rows for label, rows in found.items() if rows}


@transaction.atomic
def erase_person(user: User) -> None:
    """Leave a pseudonym where the name stood; what is on record keeps the id, and its seals."""
    pseudonym = _new_pseudonym()
    _rename_in_admin_log(user, pseudonym)
    for rows in own_rows(user):
        rows.delete()
    user.username = f"person-{pseudonym}"
    user.first_name, user.last_name, user.email = "Person", pseudonym, ""
    user.last_login = None
    user.set_unusable_password()
    user.save()
    record("person.erased", about=user)


def own_rows(user: User) -> Iterator[QuerySet[Any]]:
    """Yield what is there for the person alone, which would go with the account."""
    for column in _columns_naming_people():
        goes = column.remote_field.on_delete is models.CASCADE
        if goes and column.model is not LogEntry:
            rows = column.model._base_manager.filter(**{column.name: user})
            yield rows.filter(is_shared=False) if column.model is SavedView else rows


def _columns_naming_people() -> Iterator[Any]:
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if column.related_model is User:
                yield column


def _naming_people() -> list[tuple[type[models.Model], list[str]]]:
    """Return each model with its columns that say who."""
    found = dict[type[models.Model], list[str]]()
    for column in _columns_naming_people():
        if not column.model._meta.auto_created:
            found.setdefault(column.model, []).append(column.name)
    return list(found.items())


def _told(rows: QuerySet[Any]) -> Rows:
    columns = rows.model._meta.concrete_fields
    return list(rows.values(*(each.attname for each in columns if each.name not in SECRETS)))


def _rewritten(author: int) -> Iterator[dict[str, Any]]:
    """Yield what they had answered before somebody else did."""
    for model in (Answer, KnockoutAnswer):
        rows = model._default_manager.exclude(former=[])
        for pk, former in rows.values_list("assessment", "former").iterator():
            yield from ({"assessment_id": pk, **each} for each in former if each["by"] == author)


def _recorded(author: int) -> Iterator[dict[str, Any]]:
    versions = Assessment.objects.exclude(field_saves={})
    for pk, saves in versions.values_list("pk", "field_saves").iterator():
        for field, save in saves.items():
            for each in (*save["former"], save):
                if each["by"] == author:
                    yield {"assessment_id": pk, "field": field, "at": each["at"]}


def _new_pseudonym() -> str:
    while User.objects.filter(username=f"person-{(word := secrets.token_hex(3))}").exists():
        continue
    return word


def _rename_in_admin_log(user: User, pseudonym: str) -> None:
    """Take the name out of what the admin's history calls its rows."""
    named = [User.objects.filter(pk=user.pk), RoleRequest.objects.filter(person=user)]
    for rows in (*named, *own_rows(user)):
        kind = ContentType.objects.get_for_model(rows.model)
        keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
        by_name = Q(object_repr__startswith=f"{user.username}, ")
        entries = LogEntry.objects.filter(Q(object_id__in=keys) | by_name, content_type=kind)
        entries.update(object_repr=f"of Person {pseudonym}", change_message="")
