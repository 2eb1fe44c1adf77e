"""How somebody signs in by each of the doors."""

import itertools

from django.test import Client

from opportunities.tests.factories import UserFactory

PASSWORD = "correct horse battery"
numbers = itertools.count(1)


def person(**details):
    user = UserFactory(**details)
    user.set_password(PASSWORD)
    user.save()
    return user


def browser(address=None):
    """Return a new browser, at an address that no other test has."""
    client = Client(REMOTE_ADDR=address or f"10.1.{next(numbers)}.1")
    # As every browser has it that has seen a page of ours.
    client.cookies["csrftoken"] = "x" * 32
    return client


def by_page(client, name, password=PASSWORD, next_page="/admin/"):
    form = {"login": name, "password": password}
    return client.post(f"/accounts/login/?next={next_page}", form)


def by_api(client, name, password=PASSWORD, address="/api/session"):
    login = {"username": name, "password": password}
    return client.post(address, login, content_type="application/json")


def by_token(client, name, password=PASSWORD):
    return by_api(client, name, password, "/api/token")


DOORS = [by_page, by_api, by_token]
