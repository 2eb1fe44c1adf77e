"""People by id, whoever they are now."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from opportunities.presentation import person


def names_of(ids: Iterable[int]) -> dict[int, str]:
    return {user.pk: person(user) for user in User.objects.filter(pk__in=list(ids))}
