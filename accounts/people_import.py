"""Make and change people from a CSV file: all of it is checked, then it is applied at once."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.authority import check_change, roles_change, roles_follow
from audit.recording import record
from opportunities.access.roles import Role
from opportunities.domain.written_values import NOTHING, flag
from opportunities.models import Opportunity, PracticeMembership, Profile

OWN_LINE = "You cannot change your own account by a file. Ask another administrator."
SOURCE = "import of people"
TEXTS = {"first_name": "first name", "last_name": "last name", "email": "email"}
LISTS = ("roles", "practices", "leads")
COLUMNS = ("user_name", *TEXTS, *LISTS, "crm_owner_name", "is_active")
Cells = dict[str, str]


@dataclass
class PlannedPerson:
    """A line of the file, and what it changes; `roles` and `practices` are all there will be."""

    line: int
    person: User
    roles: set[Group]
    practices: dict[str, bool]
    crm_owner_name: str
    changes: dict[str, str] = field(default_factory=dict)
    """By column, in words."""
    finds_owner: bool = False
    """Whether the name in the CRM may be found: nobody has written one, or `none`."""

    @property
    def effect(self) -> str:
        return "new" if self.person.pk is None else "changed" if self.changes else "unchanged"

    def __str__(self) -> str:
        told = "; ".join(f"{name}: {change}" for name, change in self.changes.items())
        return f"{self.effect}{': ' if told else ''}{told}"


@dataclass
class PeopleImport:
    """A file as it was read, on behalf of `by`, or of whoever runs the server."""

    by: User | None = None
    planned: list[PlannedPerson] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def read(self, content: bytes) -> None:
        """Plan each line, or note its faults; writes nothing."""
        self._load()
        try:
            text = content.decode("utf-8-sig")
            header = text.partition("\n")[0]
            sign = ";" if ";" in header and "," not in header else ","
            lines = io.StringIO(text, newline="")
            reader = csv.DictReader(lines, delimiter=sign, restkey="", restval="", strict=True)
            if self._has_sound_header(reader.fieldnames or ()):
                for cells in reader:
                    self._read_line(reader.line_num, cells)
        except UnicodeDecodeError:
            self.faults.append("The file is not UTF-8. Save it as CSV UTF-8.")
        except csv.Error as error:
            self.faults.append(f"The file is not CSV: {error}.")
        if not self.planned and not self.faults:
            self.faults.append("The file has no people. Write one in each line below the header.")
        self._find_owners()
        if self.by:
            self._check_rights(self.by)

    @property
    def changed(self) -> list[PlannedPerson]:
        return [each for each in self.planned if each.effect != "unchanged"]

    @transaction.atomic
    def apply(self) -> bool:
        """Write everything; return whether roles wait for a second person.

        Raises: PermissionDenied.
        """
        return any([self._write(each) for each in self.changed])

    def _load(self) -> None:
        people = User.objects.select_related("profile").prefetch_related(
            "groups", "practice_memberships"
        )
        self._people = {each.username.casefold(): each for each in people}
        self._mails = {each.email.casefold(): each for each in people if each.email}
        self._roles = {role.name.casefold(): role for role in Group.objects.all()}
        self._lines: dict[str, int] = {}

    def _has_sound_header(self, names: Iterable[str]) -> bool:
        if unknown := [name for name in names if name not in COLUMNS]:
            self.faults.append(
                f"Line 1: there is no column {' or '.join(map(repr, unknown))}. "
                f"The columns are {', '.join(COLUMNS)}."
            )
        if "user_name" not in names:
            self.faults.append("Line 1: the column user_name is missing.")
        return not self.faults

    def _read_line(self, line: int, cells: Cells) -> None:
        if "" in cells:
            self.faults.append(f"Line {line}: it has more cells than the header. Quote commas.")
            return
        cells = {name: cell.strip() for name, cell in cells.items()}
        name = cells["user_name"]
        first = self._lines.setdefault(name.casefold(), line)
        person = self._people.get(name.casefold()) or User(username=name)
        before = len(self.faults)
        if first != line:
            self.faults.append(f"Line {line}: {name} is in line {first}, too. Keep one of them.")
        planned = _unchanged(line, person)
        self.faults += [f"Line {line}: {fault}" for fault in self._plan(planned, cells)]
        if len(self.faults) == before:
            self.planned.append(planned)

    def _plan(self, planned: PlannedPerson, cells: Cells) -> Iterator[str]:
        """Take over what the cells say; yield their faults."""
        person = planned.person
        for column in TEXTS:
            if (cell := cells.get(column)) and cell != getattr(person, column):
                planned.changes[column] = cell
                setattr(person, column, cell)
        try:
            person.clean_fields(exclude=["password"])
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                yield f"{name.replace('username', 'user_name')}: {' '.join(sentences)}"
        if self._mails.setdefault(person.email.casefold(), person) is not person and person.email:
            yield f"email: another account has {person.email}. Write one address for each person."
        yield from self._plan_active(planned, cells.get("is_active"))
        yield from self._plan_lists(planned, cells)
        cell = cells.get("crm_owner_name", "")
        name = "" if cell.lower() == NOTHING else cell
        if cell and name != planned.crm_owner_name:
            planned.crm_owner_name, planned.changes["crm_owner_name"] = name, cell
        planned.finds_owner = not cell and not planned.crm_owner_name

    def _plan_active(self, planned: PlannedPerson, cell: str | None) -> Iterator[str]:
        try:
            is_active = flag(cell) if cell else planned.person.is_active
        except ValueError as error:
            yield f"is_active {error}"
            return
        if is_active != planned.person.is_active:
            planned.person.is_active = is_active
            planned.changes["is_active"] = str(is_active).lower()

    def _plan_lists(self, planned: PlannedPerson, cells: Cells) -> list[str]:
        named = {name: _list(cells[name]) for name in LISTS if cells.get(name)}
        unknown = [each for each in named.get("roles", ()) if each.casefold() not in self._roles]
        if unknown:
            possible = ", ".join(sorted(role.name for role in self._roles.values()))
            return [f"roles: there is no {', '.join(unknown)}. Write some of: {possible}."]
        former, led = (
            planned.practices,
            {name for name, leads in planned.practices.items() if leads},
        )
        leads = set(named.get("leads", led))
        members = set(named.get("practices", former)) | leads
        planned.practices = {name: name in leads for name in sorted(members)}
        if planned.practices != former:
            planned.changes["practices"] = _in_words(planned.practices)
        if "roles" in named:
            roles = {self._roles[name.casefold()] for name in named["roles"]}
            if roles != planned.roles:
                planned.changes["roles"] = ", ".join(sorted(role.name for role in roles)) or "none"
            planned.roles = roles
        return []

    def _find_owners(self) -> None:
        """Find names in the CRM, whose mirror has no addresses: equal to the name of one person."""
        everybody = {id(each.person): each.person for each in self.planned}
        everybody |= {id(each): each for each in self._people.values()}
        people = Counter(each.get_full_name().casefold() for each in everybody.values())
        owners = Opportunity.objects.order_by().values_list("sales_owner", flat=True).distinct()
        found = {name.casefold(): name for name in owners if name}
        for each in self.planned:
            name = each.person.get_full_name().casefold()
            is_owner = any(role.name == Role.SALES_OWNER for role in each.roles)
            if is_owner and each.finds_owner and people[name] == 1 and name in found:
                each.crm_owner_name = found[name]
                each.changes["crm_owner_name"] = f"{found[name]} (found by name)"

    def _check_rights(self, by: User) -> None:
        for each in self.changed:
            former = set(each.person.groups.all()) if each.person.pk else set()
            try:
                check_change(each.person, each.roles - former, by)
            except PermissionDenied as refusal:
                why = OWN_LINE if each.person == by else refusal
                self.faults.append(f"Line {each.line}: {why}")

    def _write(self, planned: PlannedPerson) -> bool:
        """Return whether roles wait for a second person."""
        person, is_new = planned.person, planned.person.pk is None
        if is_new:
            person.set_unusable_password()
        person.save()
        fields = sorted(planned.changes.keys() - {"roles"})
        if fields or is_new:
            record("person.changed", about=person, actor=self.by, fields=fields, source=SOURCE)
        if "practices" in planned.changes:
            _write_practices(person, planned.practices)
        if "crm_owner_name" in planned.changes:
            defaults = {"crm_owner_name": planned.crm_owner_name}
            Profile.objects.update_or_create(user=person, defaults=defaults)
        if self.by:
            return bool(roles_change(person=person, roles=planned.roles, by=self.by))
        every = self._roles.values()
        roles_follow(person=person, roles=planned.roles, among=every, source=SOURCE)
        return False


def invite(people: Iterable[User]) -> tuple[int, list[str]]:
    """Mail people where they sign in; return how many, and the names of who got no mail."""
    page = "login/" if settings.OIDC_ISSUER else "password/reset/"
    count, left_out = 0, []
    for person in people:
        told = {"person": person, "address": f"{settings.SITE_URL}/accounts/{page}"}
        mail = get_adapter().render_mail("account/email/invitation", person.email, told)
        try:
            sent = mail.send()  # None to somebody without an address.
        except OSError:  # SMTPException is one.
            sent = 0
        count += sent
        left_out += [] if sent else [person.username]
    return count, left_out


def _unchanged(line: int, person: User) -> PlannedPerson:
    if person.pk is None:
        return PlannedPerson(line, person, set(), {}, "")
    practices = {each.practice: each.is_lead for each in person.practice_memberships.all()}
    name = getattr(person, "profile", Profile()).crm_owner_name
    return PlannedPerson(line, person, set(person.groups.all()), practices, name)


def _list(cell: str) -> list[str]:
    return [word for each in cell.split(";") if (word := each.strip()) and word.lower() != NOTHING]


def _in_words(practices: dict[str, bool]) -> str:
    told = [f"{name} (leads it)" if leads else name for name, leads in practices.items()]
    return ", ".join(told) or "none"


def _write_practices(person: Any, practices: dict[str, bool]) -> None:
    person.practice_memberships.exclude(practice__in=practices).delete()
    PracticeMembership.objects.bulk_create(
        [
            PracticeMembership(user=person, practice=name, is_lead=lead)
            for name, lead in practices.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "practice"],
        update_fields=["is_lead"],
    )
