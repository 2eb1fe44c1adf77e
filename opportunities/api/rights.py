"""Check the right that each view names for each method; without one, nobody gets in."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Permission
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

# Beside these two, a right is a permission as "app.codename".
PUBLIC = "everybody"
OWN = "signed in, one's own things only"

NO_ROLE = "Your account has no role yet. Ask an administrator."
LACKING = "Your roles do not include “{}”. Ask an administrator."


class HoldsRight(BasePermission):
    """Let in who holds what the view's `rights` name for this method."""

    code = "no_right"
    message: str = NO_ROLE

    def has_permission(self, request: Request, view: Any) -> bool:
        right, user = right_of(view, str(request.method)), request.user
        if right == PUBLIC:
            return True
        if right == OWN or not user.is_authenticated:
            return bool(user.is_authenticated)
        if user.has_perm(right or ""):
            return True
        if user.get_all_permissions():
            self.message = LACKING.format(_in_words(right))
        return False


def _in_words(right: str | None) -> str:
    """Return the right as an administrator finds it on the page of a group."""
    app, _, codename = (right or "").partition(".")
    named = Permission.objects.filter(content_type__app_label=app, codename=codename)
    return named.values_list("name", flat=True).first() or "this"


def right_of(view: Any, method: str) -> str | None:
    """Return what it asks for; None where it forgot to say, which nobody holds."""
    if method == "OPTIONS" or not hasattr(view, method.lower()):
        # What an address takes is in the schema, too; what it does not take is a 405.
        return OWN
    rights: Mapping[str, str] = getattr(view, "rights", {})
    return rights.get("GET" if method == "HEAD" else method)
