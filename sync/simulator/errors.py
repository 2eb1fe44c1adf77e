"""Build the answers with which Oracle refuses. Its error bodies are not reliably JSON."""

from sync.simulator import exact_json
from sync.simulator.messages import Reply, reason


class BadRequest(Exception):
    """A 400; its text names what is wrong with the request."""


def json_error(status: int, detail: str) -> Reply:
    details = [{"code": "29140", "detail": detail}]
    body = {"title": reason(status), "status": str(status), "o:errorDetails": details}
    return Reply(status, exact_json.encode(body))


def html_error(status: int) -> Reply:
    title = f"{status} {reason(status)}"
    return html_page(status, title, f"<h1>{title}</h1>")


def html_page(status: int, title: str, content: str) -> Reply:
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{content}</body></html>"
    return Reply(status, page.encode(), {"Content-Type": "text/html; charset=UTF-8"})


def login_required() -> Reply:
    return Reply(401, headers={"WWW-Authenticate": 'Basic realm="Oracle simulator"'})
