"""End what lets a person in without a password, when the password or the person goes."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import ApiToken
from audit.recording import record

WATCHED = frozenset({"password", "is_active"})


def end_tokens(user: User) -> int:
    """Delete the person's API tokens; return how many there were."""
    return ApiToken.objects.filter(user=user).delete()[0]


def end_sessions(user: Any) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


@receiver(pre_save, sender=User)
def end_tokens_of_the_past(instance: User, update_fields: Any = None, **given: Any) -> None:
    """End the tokens of who leaves, or whose password another one takes the place of."""
    if instance.pk is None or (update_fields and WATCHED.isdisjoint(update_fields)):
        return
    before = User.objects.filter(pk=instance.pk).first()
    if before is None:
        return
    has_left = before.is_active and not instance.is_active
    has_another = before.password != instance.password and not _renews_hash(instance, update_fields)
    if has_left or has_another:
        end_tokens(instance)
    if has_left:
        # They are out anyway, but would be in again once let back.
        end_sessions(instance)


def _renews_hash(user: Any, update_fields: Any) -> bool:
    """Tell whether Django, at a log-in, stores the same password by a newer method.

    It then saves this field alone, and without the text of a new password.
    """
    is_alone = set(update_fields or ()) == {"password"}
    return is_alone and user._password is None and user.has_usable_password()


@receiver(post_delete, sender=ApiToken)
def put_end_on_record(instance: ApiToken, **given: Any) -> None:
    if not instance.is_expired(timezone.now()):
        record(
            "token.revoked", about=("accounts.apitoken", instance.pk), **audit_details_of(instance)
        )


def audit_details_of(token: ApiToken) -> dict[str, Any]:
    """Return what the audit tells of a token."""
    return {"owner": token.user_id, "scopes": token.scopes, "ends": token.expires_at}
