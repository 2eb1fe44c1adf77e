from django.contrib.auth.models import User
from rest_framework.test import APIClient

from opportunities.tests.factories import UserFactory


def client_of(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def somebody(**details) -> APIClient:
    """A client of anybody who is logged in."""
    return client_of(UserFactory(**details))
