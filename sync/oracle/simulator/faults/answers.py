"""Faults that give another answer than the one asked for."""

from functools import partial

from sync.oracle.simulator import exact_json
from sync.oracle.simulator.errors import html_error, html_page, json_error, login_required
from sync.oracle.simulator.faults.table import Stage, fault
from sync.oracle.simulator.messages import Reply

answering = partial(fault, stage=Stage.ANSWER)
LOGIN = "https://login.simulator.example/oam/server/obrareq.cgi"


@answering("exception", "the connection ends without an answer, as when a server crashes")
def exception() -> Reply:
    return Reply(0, is_dropped=True)


@answering("reset", "the connection is reset", times=1)
def reset() -> Reply:
    return Reply(0, is_reset=True)


@answering("throttle", "429 with Retry-After", times=2)
def throttle(*, seconds: int = 1) -> Reply:
    return Reply(429, headers={"Retry-After": str(seconds)})


@answering("throttle-silent", "429 without Retry-After", times=2)
def throttle_silent() -> Reply:
    return Reply(429)


def _server_error(status: int) -> None:
    @answering(f"error-{status}", f"{status}; with Retry-After where seconds is given", times=2)
    def error(*, seconds: int = 0) -> Reply:
        reply = html_error(status)
        if seconds:
            reply.headers["Retry-After"] = str(seconds)
        return reply


for status in (500, 502, 503, 504):
    _server_error(status)


@answering("html", "200 with a sign-in page")
def sign_in_page() -> Reply:
    return html_page(200, "Sign In", '<form action="/oam"><input name="userid"></form>')


@answering("unauthorized", "401")
def unauthorized() -> Reply:
    return login_required()


@answering("forbidden", "403")
def forbidden() -> Reply:
    return html_error(403)


@answering("not-found", "404")
def not_found() -> Reply:
    return json_error(404, "The resource cannot be found.", framework=1)


@answering("redirect", "302 to the login host of a single sign-on")
def redirect() -> Reply:
    return Reply(302, headers={"Location": LOGIN})


@answering("not-a-page", "200 with JSON that is no page")
def not_a_page() -> Reply:
    return Reply(200, exact_json.encode({"message": "Welcome"}))
