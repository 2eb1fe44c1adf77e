"""Decide whose account a signed-in person has, and which roles their groups give them."""

import logging
import re
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.authority import roles_follow
from audit.recording import record

log = logging.getLogger(__name__)
SOURCE = "single sign-on"
YES = (True, "true", 1, "1")
NO_ROLE = "None of your groups has a role in BQS. Ask an administrator to add you to one."
INACTIVE = "Your account in BQS is deactivated. Ask an administrator to activate it."
SEVERAL = "Several accounts in BQS have your email address. Ask an administrator to correct them."
ANOTHERS = "Your email address belongs to another person's account. Ask an administrator."
TAKEN = (
    "BQS already has an account {}, and your email address does not prove that it is yours. "
    "Ask an administrator."
)


class Refused(Exception):
    """Says to the person why they may not come in."""


def admit(account: SocialAccount, claims: dict[str, Any]) -> User:
    """Return the person, made at the first sign-in, with the roles of their groups.

    A person without a role loses those they had, and is refused.

    Raises: Refused.
    """
    mapped = _mapped_roles()
    roles = {role for group in _groups(claims) for role in mapped.get(group, ())}
    person = account.user if account.pk else _person_by_mail(claims)
    if person and not person.is_active:
        raise Refused(INACTIVE)
    if person or roles:
        with transaction.atomic():
            person = person or _make_person(claims)
            if not account.pk:
                account.user = person
                account.save()
            among = {role for each in mapped.values() for role in each}
            roles_follow(person=person, roles=roles, among=among, source=SOURCE)
    if not person or not roles:
        raise Refused(NO_ROLE)
    return person


def shown_name(claims: dict[str, Any]) -> str:
    """Return the name of an account to be, of the characters that one may have."""
    name = str(claims.get("preferred_username") or claims.get("email") or claims["sub"])
    return re.sub(r"[^\w.@+-]", "_", name)[:150]


def _mapped_roles() -> dict[str, set[Group]]:
    """Return the roles of each group that OIDC_ROLES names."""
    wanted = {role for _, role in settings.OIDC_ROLES}
    known = {role.name: role for role in Group.objects.filter(name__in=wanted)}
    if unknown := sorted(wanted - known.keys()):
        log.warning("OIDC_ROLES names roles that do not exist: %s", ", ".join(unknown))
    mapped: dict[str, set[Group]] = {}
    for group, role in settings.OIDC_ROLES:
        mapped.setdefault(group, set()).update({known[role]} if role in known else ())
    return mapped


def _groups(claims: dict[str, Any]) -> list[str]:
    named = claims.get(settings.OIDC_GROUPS_CLAIM) or []
    return [str(each) for each in (named if isinstance(named, list) else [named])]


def _person_by_mail(claims: dict[str, Any]) -> User | None:
    """Return whose address the provider has verified; Entra ID says so by xms_edov."""
    mail = claims.get("email")
    if not mail or not (claims.get("email_verified") in YES or claims.get("xms_edov") in YES):
        return None
    people = list(User.objects.filter(email__iexact=mail)[:2])
    if len(people) > 1:
        raise Refused(SEVERAL)
    if SocialAccount.objects.filter(user__in=people, provider=settings.OIDC_ISSUER).exists():
        raise Refused(ANOTHERS)
    return people[0] if people else None


def _make_person(claims: dict[str, Any]) -> User:
    name = shown_name(claims)
    if User.objects.filter(username__iexact=name).exists():
        raise Refused(TAKEN.format(name))
    person = User(
        username=name,
        first_name=str(claims.get("given_name", ""))[:150],
        last_name=str(claims.get("family_name", ""))[:150],
        email=_mail(claims),
    )
    person.set_unusable_password()
    person.save()
    record("person.changed", about=person, fields=["username"], source=SOURCE)
    return person


def _mail(claims: dict[str, Any]) -> str:
    mail = str(claims.get("email", ""))
    try:
        validate_email(mail)
    except ValidationError:
        return ""
    return mail
