"""Decide who may hand out which roles, and change them: nobody raises themselves."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import RequestState, RoleRequest
from audit.recording import record
from opportunities.access.roles import Role
from opportunities.lists.presentation import person as name_of

IN_ADMIN = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""Roles whose work is in the admin."""
ABOVE = "{} has rights that you do not have. Ask a superuser to change this account."
OWN_ROLES = "You cannot change your own roles. Ask another administrator."
NOT_YOURS_TO_GIVE = "You cannot assign {}: it has rights that you do not have. Ask a superuser."
SETTLED = "This request has already been settled."
SECOND_PERSON = (
    "Removed roles are gone. New roles count once another administrator approves them, "
    "under Role requests."
)
ASKED_BY_YOU = (
    "Another administrator must settle this, neither the one who asked nor the person concerned."
)


def rights_of(person: User) -> set[str]:
    """Return the permissions somebody holds or, after leaving, would hold again on coming back."""
    held = Permission.objects.filter(Q(user=person) | Q(group__user=person)).order_by()
    return {
        f"{app}.{name}" for app, name in held.values_list("content_type__app_label", "codename")
    }


def is_above(person: User, by: Any) -> bool:
    """Tell whether this person holds anything that the other does not."""
    if by.is_superuser or person.pk in (None, by.pk):
        return False
    return person.is_superuser or not rights_of(person) <= by.get_all_permissions()


def not_above(people: QuerySet[User], by: Any) -> list[User]:
    return [each for each in people if not is_above(each, by)]


def grantable_groups(by: Any) -> QuerySet[Group]:
    """Return the groups whose every permission this person holds."""
    groups = Group.objects.all()
    if by.is_superuser:
        return groups
    held = by.get_all_permissions()
    every = Permission.objects.values_list("pk", "content_type__app_label", "codename")
    lacking = [pk for pk, app, codename in every.order_by() if f"{app}.{codename}" not in held]
    return groups.exclude(permissions__in=lacking)


@transaction.atomic
def roles_change(*, person: User, roles: Iterable[Group], by: User) -> RoleRequest | None:
    """Give somebody these roles, or ask a second person to; what is taken away goes at once.

    Returns: the request that waits for a second person, if it needs one.
    Raises: PermissionDenied.
    """
    former, wanted = set(person.groups.all()), set(roles)
    if former == wanted:
        return None
    added = wanted - former
    check_change(person, added, by)
    if added and settings.ROLE_CHANGES_NEED_TWO:
        _set_roles(person, former, former & wanted, by)
        return _ask(person, added, by)
    _set_roles(person, former, wanted, by)
    return None


@transaction.atomic
def role_request_settle(*, request: RoleRequest, is_approved: bool, by: User) -> None:
    """Approve it, as the second person, or reject it.

    Raises: PermissionDenied.
    """
    request = RoleRequest.objects.select_for_update().get(pk=request.pk)
    person, added = request.person, set(request.roles.all())
    if request.state != RequestState.OPEN:
        raise PermissionDenied(SETTLED)
    if by.pk in (request.asked_by_id, person.pk):
        raise PermissionDenied(ASKED_BY_YOU)
    check_change(person, added, by)
    request.state = RequestState.APPROVED if is_approved else RequestState.REJECTED
    request.settled_by, request.settled_at = by, timezone.now()
    request.save()
    if is_approved:
        former = set(person.groups.all())
        _set_roles(person, former, former | added, by, asked_by=request.asked_by_id)
    else:
        record("roles.refused", actor=by, about=person, roles=_names(added))


@transaction.atomic
def roles_follow(
    *, person: User, roles: Iterable[Group], among: Iterable[Group], source: str
) -> None:
    """Set the roles that somebody else decides, and leave those that are not among them.

    Args:
        source: who decides, for the record.
    """
    former = set(person.groups.all())
    after = (former - set(among)) | set(roles)
    _set_roles(person, former, after, None, source=source)


def check_change(person: User, added: set[Group], by: User) -> None:
    """Check that this administrator may change the person, and add these roles.

    Raises: PermissionDenied.
    """
    if not by.has_perm("auth.change_user"):
        raise PermissionDenied("Only administrators can change roles.")
    if by.pk == person.pk and not by.is_superuser:
        raise PermissionDenied(OWN_ROLES)
    if is_above(person, by):
        raise PermissionDenied(ABOVE.format(name_of(person)))
    if not_grantable := added and added - set(grantable_groups(by)):
        raise PermissionDenied(NOT_YOURS_TO_GIVE.format(", ".join(_names(not_grantable))))


def _ask(person: User, added: set[Group], by: User) -> RoleRequest:
    for waiting in person.role_requests.filter(state=RequestState.OPEN):
        if set(waiting.roles.all()) == added:
            return waiting
    request = RoleRequest.objects.create(person=person, asked_by=by)
    request.roles.set(added)
    record("roles.asked", actor=by, about=person, roles=_names(added))
    return request


def _set_roles(
    person: User, former: set[Group], roles: set[Group], by: User | None, **details: Any
) -> None:
    if former != roles:
        person.groups.set(roles)
        before, after = _names(former), _names(roles)
        record("roles.changed", actor=by, about=person, before=before, after=after, **details)
    if not person.is_staff and not IN_ADMIN.isdisjoint(_names(roles)):
        person.is_staff = True
        person.save(update_fields=["is_staff"])
        record("person.changed", actor=by, about=person, fields=["is_staff"], **details)


def _names(groups: set[Group]) -> list[str]:
    return sorted(group.name for group in groups)
