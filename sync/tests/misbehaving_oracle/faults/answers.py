"""Give another answer than the one asked for."""

from collections.abc import Callable
from functools import partial

from sync.simulator import exact_json
from sync.simulator.errors import html_error, html_page, json_error, login_required
from sync.simulator.messages import Reply
from sync.tests.misbehaving_oracle.faults.table import Stage, fault

answering = partial(fault, stage=Stage.ANSWER)
LOGIN_PAGE = '<form action="/oam"><input name="userid"></form>'
LOGIN_URL = "https://login.simulator.example/oam/server/obrareq.cgi"
NO_PAGE = exact_json.encode({"message": "Welcome"})
SENTENCE = b"The service is being moved."

# Name of the fault, its meaning, how many requests meet it (0 is for ever), the reply.
REPLIES: tuple[tuple[str, str, int, Callable[[], Reply]], ...] = (
    ("exception", "the connection ends without an answer", 0, lambda: Reply(0, is_dropped=True)),
    ("reset", "the connection is reset", 1, lambda: Reply(0, is_reset=True)),
    ("throttle-silent", "429 without Retry-After", 2, lambda: Reply(429)),
    ("empty-204", "204, which has no body", 2, lambda: Reply(204)),
    ("empty-body", "200 without a body", 2, lambda: Reply(200)),
    ("html", "200 with a sign-in page", 0, lambda: html_page(200, "Sign In", LOGIN_PAGE)),
    ("unauthorized", "401", 0, login_required),
    ("forbidden", "403", 0, lambda: html_error(403)),
    ("not-found", "404", 0, lambda: json_error(404, "The resource cannot be found.")),
    ("redirect", "302 to a sign-in page", 0, lambda: Reply(302, headers={"Location": LOGIN_URL})),
    ("not-a-page", "200 with JSON that is no page", 0, lambda: Reply(200, NO_PAGE)),
    (
        *("plain-text", "200 with a sentence, whole and no JSON", 0),
        lambda: Reply(200, SENTENCE, {"Content-Type": "text/plain"}),
    ),
)
for name, meaning, times, reply in REPLIES:
    answering(name, meaning, times=times)(reply)


@answering("throttle", "429 with Retry-After", times=2)
def throttle(*, seconds: int = 1) -> Reply:
    return Reply(429, headers={"Retry-After": str(seconds)})


def _server_error(name: str, meaning: str, usual: int) -> None:
    @answering(name, f"{meaning}; with Retry-After where seconds is given", times=2)
    def error(*, status: int = usual, seconds: int = 0) -> Reply:
        reply = html_error(status)
        if seconds:
            reply.headers["Retry-After"] = str(seconds)
        return reply


for status in (500, 502, 503, 504):
    _server_error(f"error-{status}", f"{status}", status)
_server_error("error", "any status", 408)


@answering("odd-answer", "any status, for ever, with a sentence in JSON")
def odd_answer(*, status: int = 410) -> Reply:
    return json_error(status, "The resource is not what you think.")
