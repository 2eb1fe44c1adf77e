"""`python -m bench.pulse`: how long a page that stays open waits to hear that nothing moved."""

import argparse
import http.client
from collections.abc import Iterator
from statistics import median, quantiles
from time import perf_counter

from requests import Session

from bench import machine
from bench.api.mirror import Mirror, filled
from bench.api.under_sync import serving
from bench.report import judged
from bench.stand import PeerFailed, migrated_server, stand
from bench.targets import Target

PULSE, FLOOR = "/api/pulse", "/health/live"
PERSON, PASSWORD = "sa0", "bench-4-the-pulse"
SIGN_UP = """
from django.contrib.auth.models import User
person = User.objects.get(username="{}")
person.set_password("{}")
person.save()
"""
WARM_UP = 50
WANTED_MS = 3


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.pulse", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, metavar="N")
    parser.add_argument("--requests", type=int, default=200, metavar="N")
    return parser


def main() -> None:
    options = arguments().parse_args()
    with migrated_server() as server, stand(server, options.rows, latency_ms=0) as place:
        print(machine.described(server), end="\n\n")
        with filled(place) as mirror, serving(mirror.conditions) as host:
            print("\n".join(judged(list(idle_pulse(mirror, host, options.requests)))))


def idle_pulse(mirror: Mirror, host: str, requests: int) -> Iterator[Target]:
    """Raises: PeerFailed."""
    pulse, floor = _measured(mirror, host, requests)
    for name, of in (("median", median), ("p95", _p95)):
        ours, least = of(pulse), of(floor)
        yield Target(
            f"an idle pulse, {name}",
            ours,
            limit=WANTED_MS,
            unit="ms",
            floor=f"{least:.2f} ms",
            where=f"gunicorn {least:.2f} ms; the rest is middleware, and one query of 0.9 ms",
        )


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _measured(mirror: Mirror, host: str, requests: int) -> tuple[list[float], list[float]]:
    """Return the ms of idle pulses, and of answers that ask for nothing. Raises: PeerFailed."""
    browser = signed_in(mirror, host)
    told = browser.get(f"http://{host}{PULSE}")
    address = f"{PULSE}?after={told.json()['cursor']}"
    etag = browser.get(f"http://{host}{address}").headers["ETag"]
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = {"Cookie": cookies, "If-None-Match": etag}
    connection = http.client.HTTPConnection(host, timeout=30)
    pulse = list(_times(connection, address, headers, 304, requests))
    return pulse, list(_times(connection, FLOOR, {}, 200, requests))


def signed_in(mirror: Mirror, host: str) -> Session:
    """Sign in by password, as a person does. Raises: PeerFailed."""
    mirror.carry_out("manage.py", "shell", "--no-imports", "-c", SIGN_UP.format(PERSON, PASSWORD))
    browser = Session()
    browser.trust_env = False
    address = f"http://{host}/api/session"
    headers = {"X-CSRFToken": browser.get(address).json()["csrf_token"], "Referer": address}
    login = {"username": PERSON, "password": PASSWORD}
    answer = browser.post(address, json=login, headers=headers)
    if not answer.ok:
        raise PeerFailed(f"Nobody is signed in: {answer.text}")
    return browser


def _times(
    connection: http.client.HTTPConnection,
    address: str,
    headers: dict[str, str],
    expected: int,
    requests: int,
) -> Iterator[float]:
    """Return the ms of each answer on one connection, once it is warm. Raises: PeerFailed."""
    for number in range(WARM_UP + requests):
        began = perf_counter()
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if (answer.status, expected) == (200, 304):
            # An ETag is good for one minute of the clock.
            headers["If-None-Match"] = answer.headers["ETag"]
            continue
        if answer.status != expected:
            raise PeerFailed(f"{address} was answered with {answer.status}.")
        if number >= WARM_UP:
            yield 1000 * (perf_counter() - began)


if __name__ == "__main__":
    main()
