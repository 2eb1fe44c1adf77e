"""Print which role may call what; docs/rights.md is what a new database says."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from drf_spectacular.generators import EndpointEnumerator

from opportunities.access.roles import Role
from opportunities.api.rights import OWN, PUBLIC, right_of

HEAD = """# Who may call what

Made by `python manage.py rights > docs/rights.md`; on a site of yours it shows your groups.
A right is a permission of Django that groups hold. [workflow.md](workflow.md) says which
opportunities people see and which actions they may take.
"""


class Endpoint(NamedTuple):
    method: str
    path: str
    right: str | None

    def is_for(self, held: set[str]) -> bool:
        return self.right in {PUBLIC, OWN, *held}


def endpoints() -> list[Endpoint]:
    found = EndpointEnumerator().get_api_endpoints()
    return [
        Endpoint(method, path, right_of(callback.cls, method))
        for path, _, method, callback in found
    ]


def rights_of_groups() -> dict[str, set[str]]:
    """Return the rights of no role, each role, and each further group, by name."""
    held: dict[str, set[str]] = {"No role": set(), **{role.value: set() for role in Role}}
    names = ("name", "permissions__content_type__app_label", "permissions__codename")
    for group, app, codename in Group.objects.order_by("name").values_list(*names):
        held.setdefault(group, set()).add(f"{app}.{codename}")
    return held


def table() -> Iterator[str]:
    held = rights_of_groups()
    yield f"| Call | Right | {' | '.join(held)} |"
    yield f"|---|---|{'---|' * len(held)}"
    for each in endpoints():
        marks = " | ".join("yes" if each.is_for(rights) else "–" for rights in held.values())
        yield f"| {each.method} {each.path} | {each.right} | {marks} |"


class Command(BaseCommand):
    help = "Print a table of the API's calls and the roles that may send them."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{HEAD}\n" + "\n".join(table()))
