"""Remember for all processes which login Oracle refused: further attempts would lock accounts."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error as DatabaseFailure
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from sync.models import RefusedLogin
from sync.oracle.errors import OracleLoginRefused
from sync.oracle.transport.sign_in import SignIn

logger = logging.getLogger(__name__)

LEFT_ALONE_FOR = timedelta(minutes=60)


def is_left_alone(sign_in: SignIn) -> bool:
    """Return whether this login was refused within the last hour. Raises: OracleConfigError."""
    remembered = _remembered(sign_in)
    return remembered is not None and _is_recent(remembered)


@contextmanager
def heeding_refusals(sign_in: SignIn, *, try_again: bool = False) -> Iterator[None]:
    """Ask nothing with a login that was refused lately, and remember how this one went.

    Args:
        try_again: ask all the same.

    Raises: OracleLoginRefused, where nothing is asked.
    """
    remembered = _remembered(sign_in)
    if remembered and not try_again and _is_recent(remembered):
        raise OracleLoginRefused(_not_tried(remembered))
    try:
        yield
    finally:
        if sign_in.refusal or (remembered and sign_in.was_accepted):
            _note(sign_in)


def _remembered(sign_in: SignIn) -> RefusedLogin | None:
    fingerprint = _fingerprint(sign_in)
    try:
        with transaction.atomic():
            return RefusedLogin.objects.filter(fingerprint=fingerprint).first()
    except DatabaseFailure:  # Before `migrate` nothing can be remembered.
        return None


def _note(sign_in: SignIn) -> None:
    """Replace what was known of this login, and drop whatever is too old to matter."""
    fingerprint, now = _fingerprint(sign_in), timezone.now()
    is_past = Q(fingerprint=fingerprint) | Q(refused_at__lt=now - LEFT_ALONE_FOR)
    try:
        with transaction.atomic():
            RefusedLogin.objects.filter(is_past).delete()
            if refusal := sign_in.refusal:
                RefusedLogin.objects.update_or_create(
                    fingerprint=fingerprint, defaults={"refused_at": now, "advice": str(refusal)}
                )
    except DatabaseFailure:
        logger.warning("How Oracle took the login could not be noted for the next runs.")


def _is_recent(remembered: RefusedLogin) -> bool:
    return timedelta(0) <= timezone.now() - remembered.refused_at < LEFT_ALONE_FOR


def _fingerprint(sign_in: SignIn) -> str:
    """Salt with the SECRET_KEY; whoever has that one has the .env with the password as well."""
    # Each with its length, so that no two logins look alike when they are put together.
    text = "".join(f"{len(each)}:{each}" for each in sign_in.credentials())
    # A salt and no module path: what is stored depends on it, so it stays as it is.
    return salted_hmac("sync.refused_login", text, algorithm="sha256").hexdigest()


def _not_tried(remembered: RefusedLogin) -> str:
    until = remembered.refused_at + LEFT_ALONE_FOR
    return (
        f"Oracle was not asked: it refused this login at {remembered.refused_at:%Y-%m-%d %H:%M} "
        f"UTC, and until {until:%H:%M} UTC it is not tried again unless it changes. "
        f"{remembered.advice} Once it is right, run `manage.py check_oracle --try-again`."
    )
