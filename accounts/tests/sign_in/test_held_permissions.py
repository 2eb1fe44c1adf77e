"""Permissions read in one query are those that Django reads in two."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission, User

from opportunities.access.roles import Role
from opportunities.tests.factories import UserFactory


def anew(user):
    return User.objects.get(pk=user.pk)


def test_permissions_are_a_persons_own_and_those_of_all_their_groups(db, django_assert_num_queries):
    UserFactory(roles=[Role.ADMINISTRATOR])
    user = UserFactory(roles=[Role.SA, Role.LEAD])
    user.user_permissions.add(Permission.objects.get(codename="delete_user"))
    asked = anew(user)
    with django_assert_num_queries(1):
        held = asked.get_all_permissions()
    assert held == ModelBackend().get_all_permissions(anew(user))
    assert "auth.delete_user" in held


def test_who_has_left_holds_none_and_a_superuser_holds_all(db):
    left = UserFactory(roles=[Role.SA], is_active=False)
    assert anew(left).get_all_permissions() == set()
    everything = anew(UserFactory(is_superuser=True)).get_all_permissions()
    assert len(everything) == Permission.objects.count()
