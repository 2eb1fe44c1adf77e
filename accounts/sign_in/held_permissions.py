"""Read all permissions of a person, their own and those of their groups, in one query."""

from typing import Any

from django.db import connection

# Written out, as nearly each call asks for it: building Django's two queries takes longer than
# running them.
HELD = """
    SELECT app_label, codename
    FROM auth_permission JOIN django_content_type type ON type.id = content_type_id
    WHERE auth_permission.id IN (
        SELECT permission_id FROM auth_user_user_permissions WHERE user_id = %(user)s
        UNION ALL
        SELECT permission_id
        FROM auth_group_permissions held JOIN auth_user_groups mine USING (group_id)
        WHERE user_id = %(user)s)"""


def permissions_held_by(user: Any) -> set[str]:
    """Return them as "app.codename"."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"user": user.pk})
        return {f"{app}.{codename}" for app, codename in cursor.fetchall()}
