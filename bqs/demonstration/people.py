"""Who works in the demo; every name is marked as one."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group, User

from opportunities.models import PracticeMembership, Profile
from opportunities.roles import Role

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
    """Return each one's new password by name, stored nowhere."""
    return {person.username: _make(person) for person in PEOPLE}


def _make(person: Person) -> str:
    password = secrets.token_urlsafe(9)
    user, _ = User.objects.get_or_create(username=person.username)
    user.first_name, user.last_name = person.first_name, f"{person.last_name} {MARK}"
    user.is_staff, user.is_superuser = True, False
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get(name=person.role)])
    for practice in person.practices:
        PracticeMembership.objects.update_or_create(
            user=user, practice=practice, defaults={"is_lead": person.is_lead}
        )
    Profile.objects.update_or_create(
        user=user, defaults={"crm_owner_name": person.crm_owner_name, "wants_notices": False}
    )
    return password
