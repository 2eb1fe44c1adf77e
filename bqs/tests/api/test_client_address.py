from ipaddress import ip_network

import pytest
from django.core.management import call_command
from django.http import HttpResponse

from opportunities.api.client_address import ClientAddressMiddleware


@pytest.fixture
def trusted(settings):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8"), ip_network("127.0.0.1")]


def seen(rf, **meta):
    """Return the request as the rest of the site sees it."""
    request = rf.get("/", **meta)
    ClientAddressMiddleware(lambda _: HttpResponse())(request)
    return request


@pytest.mark.parametrize(
    ("nearest", "forwarded", "address"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("", "203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::7]:443", "2001:db8::7"),
        ("10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
    ],
)
def test_only_what_trusted_proxies_wrote_names_the_client(rf, trusted, nearest, forwarded, address):
    request = seen(rf, REMOTE_ADDR=nearest, HTTP_X_FORWARDED_FOR=forwarded)
    assert request.META["REMOTE_ADDR"] == address


def test_without_trusted_proxies_nobody_claims_an_address(rf):
    request = seen(rf, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert request.META["REMOTE_ADDR"] == "10.0.0.1"


@pytest.mark.parametrize(("nearest", "is_https"), [("10.0.0.1", True), ("203.0.113.5", False)])
def test_only_trusted_proxies_say_that_a_request_came_by_https(
    rf, trusted, settings, nearest, is_https
):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = seen(rf, REMOTE_ADDR=nearest, HTTP_X_FORWARDED_PROTO="https")
    assert request.is_secure() == is_https


def test_the_check_asks_for_the_proxys_address(settings, capsys):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    call_command("check")
    assert "BEHIND_HTTPS_PROXY is set without TRUSTED_PROXIES" in capsys.readouterr().err
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    call_command("check")
    assert "TRUSTED_PROXIES" not in capsys.readouterr().err
