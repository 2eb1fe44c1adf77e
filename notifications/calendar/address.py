"""Give each person a secret address of their calendar: signed, so that nothing secret is stored."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.db.models import F

from audit.models import AuditKind
from audit.recording import record
from notifications.models import CalendarKey
from opportunities.access.permissions import VIEW

_signer = Signer(sep=".", salt="notifications.calendar")


def address_of(user: User) -> str:
    key = CalendarKey.objects.filter(user=user).first() or CalendarKey(user=user)
    return f"{settings.SITE_URL}/calendar/{_signer.sign(f'{user.pk}-{key.generation}')}.ics"


def renew(user: User) -> str:
    """Return another address; the former one leads nowhere from now on."""
    CalendarKey.objects.get_or_create(user=user)
    CalendarKey.objects.filter(user=user).update(generation=F("generation") + 1)
    record(AuditKind.CALENDAR_RENEWED, about=user)
    return address_of(user)


def owner_of(key: str) -> User | None:
    """Return whose calendar it is; nobody for a key that was renewed, or of one who left."""
    try:
        pk, generation = _signer.unsign(key).split("-")
    except (BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).select_related("calendar_key").first()
    if user is None or not user.has_perm(VIEW):
        return None
    kept = getattr(user, "calendar_key", None)
    return user if int(generation) == (kept.generation if kept else 0) else None
