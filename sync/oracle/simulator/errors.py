"""What Oracle answers when it refuses. Its error bodies are not reliably JSON."""

from http import HTTPStatus
from typing import Any

from sync.oracle.simulator import exact_json
from sync.oracle.simulator.messages import Reply

NEW_BODY_SINCE = 4


class BadRequest(Exception):
    """A 400; its text names what is wrong with the request."""


def json_error(status: int, detail: str, framework: int) -> Reply:
    body: dict[str, Any] = {"title": HTTPStatus(status).phrase, "status": str(status)}
    if framework >= NEW_BODY_SINCE:
        body["o:errorDetails"] = [{"detail": detail, "o:errorCode": "29140"}]
    else:
        body["o:errorDetails"] = [{"code": "29140", "detail": detail}]
    return Reply(status, exact_json.encode(body))


def html_error(status: int) -> Reply:
    title = f"{status} {HTTPStatus(status).phrase}"
    return html_page(status, title, f"<h1>{title}</h1>")


def html_page(status: int, title: str, content: str) -> Reply:
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{content}</body></html>"
    return Reply(status, page.encode(), {"Content-Type": "text/html; charset=UTF-8"})


def login_required() -> Reply:
    return Reply(401, headers={"WWW-Authenticate": 'Basic realm="Oracle simulator"'})
