"""Make the people of the demo; every name is marked."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.db import transaction

from bqs.demonstration.machinery import DemoFailed
from bqs.models import DemoMark
from opportunities.access.roles import Role
from opportunities.models import PracticeMembership, Profile

MARK = "(demo)"
PRACTICES = ("Cloud", "Security")


@dataclass(frozen=True)
class Person:
    username: str
    first_name: str
    last_name: str
    role: Role
    practices: tuple[str, ...] = ()
    crm_owner_name: str = ""

    @property
    def is_lead(self) -> bool:
        return self.role == Role.LEAD


SA, OTHER_SA, THIRD_SA = "demo-sa", "demo-sa-2", "demo-sa-3"
LEAD, BID_MANAGER = "demo-lead", "demo-bid-manager"
ADMINISTRATOR = "demo-admin"
PEOPLE = (
    Person(SA, "Sam", "Okafor", Role.SA, PRACTICES),
    Person(OTHER_SA, "Mira", "Lindqvist", Role.SA, PRACTICES),
    Person(THIRD_SA, "Paulo", "Nunes", Role.SA, ("Security",)),
    Person(LEAD, "Lena", "Brandt", Role.LEAD, PRACTICES),
    Person(BID_MANAGER, "Bea", "Moreau", Role.BID_MANAGER),
    Person("demo-sales", "Anna", "Müller", Role.SALES_OWNER, crm_owner_name="Anna Müller"),
    Person("demo-viewer", "Viv", "Castellan", Role.VIEWER),
    Person(ADMINISTRATOR, "Ada", "Kowalska", Role.ADMINISTRATOR),
)


def make_people() -> dict[str, str]:
    """Return each one's new password by name; they are stored nowhere.

    Raises: DemoFailed, if someone else has such a name.
    """
    mark, _ = DemoMark.objects.get_or_create()
    return {person.username: _make(person, mark) for person in PEOPLE}


def end_people() -> None:
    """Lock the demo's people out, at its end and, if that was sudden, at the next start."""
    made = [pk for mark in DemoMark.objects.all() for pk in mark.people]
    # Their API tokens end with the password.
    for user in User.objects.filter(pk__in=made):
        user.is_active = False
        user.set_unusable_password()
        user.save()
    # No others have any here; and what a former key signed says no longer whose it was.
    Session.objects.all().delete()


def _account(person: Person, mark: DemoMark) -> User:
    user, is_new = User.objects.get_or_create(username=person.username)
    if not is_new and user.pk not in mark.people:
        raise DemoFailed(f"No demo made the account {user}, so none takes it: rename or delete it.")
    if is_new:
        mark.people.append(user.pk)
        mark.save()
    return user


@transaction.atomic
def _make(person: Person, mark: DemoMark) -> str:
    password = secrets.token_urlsafe(9)
    user = _account(person, mark)
    user.first_name, user.last_name = person.first_name, f"{person.last_name} {MARK}"
    user.is_active, user.is_staff, user.is_superuser = True, True, False
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get(name=person.role)])
    for practice in person.practices:
        PracticeMembership.objects.update_or_create(
            user=user, practice=practice, defaults={"is_lead": person.is_lead}
        )
    Profile.objects.update_or_create(user=user, defaults={"crm_owner_name": person.crm_owner_name})
    return password
