from django.contrib.auth.models import User
from rest_framework.test import APIClient

from opportunities.tests.factories import UserFactory


def client_of(user: User) -> APIClient:
    """With the rights this user has now: what a view costs is counted without asking for them."""
    user.get_all_permissions()
    client = APIClient()
    client.force_authenticate(user)
    return client


def any_user(**details) -> APIClient:
    """A client of anybody who is logged in."""
    return client_of(UserFactory(**details))
