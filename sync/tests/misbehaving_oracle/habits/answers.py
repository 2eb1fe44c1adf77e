"""Vary statuses, headers and addresses."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from sync.simulator.catalogue import PATHS, Catalogue
from sync.simulator.errors import html_error, json_error
from sync.simulator.messages import Reply, Request
from sync.tests.misbehaving_oracle.habits.refusal import refusal
from sync.tests.misbehaving_oracle.habits.table import Variation, variation
from sync.tests.misbehaving_oracle.options import BadSwitch

COOKIE = "node=7"
OLD_FORMS: Mapping[str, str] = {
    "asctime": "%a %b %e %H:%M:%S %Y",
    "rfc850": "%A, %d-%b-%y %H:%M:%S GMT",
    "nonsense": "soon",
}


@variation("date-header", "the Date header is absent, doubled, asctime, rfc850 or nonsense")
class DateHeader(Variation):
    form: str = "absent"

    def __post_init__(self) -> None:
        known = ("absent", "doubled", *OLD_FORMS)
        if self.form not in known:
            raise BadSwitch(f"Option form of variation date-header is {', '.join(known)}.")

    def reply(self, request: Request, reply: Reply) -> None:
        date = reply.headers.pop("Date")
        if self.form == "doubled":
            reply.more_lines += [("Date", date)] * 2
        if self.form in OLD_FORMS:
            reply.headers["Date"] = parsedate_to_datetime(date).strftime(OLD_FORMS[self.form])


@variation("dead-node", "a cookie is set, and whoever sends it back gets 503 for ever")
class DeadNode(Variation):
    def before_login(self, request: Request) -> Reply | None:
        return html_error(503) if COOKIE in request.header("Cookie") else None

    def reply(self, request: Request, reply: Reply) -> None:
        reply.headers["Set-Cookie"] = f"{COOKIE}; Path=/; HttpOnly"


@variation("hidden-as-404", "a record that is hidden from us is answered as if it did not exist")
class HiddenAs404(Variation):
    def reply(self, request: Request, reply: Reply) -> None:
        is_one = not request.path.endswith("/opportunities")
        if reply.status == 403 and is_one:
            reply.status = 404
            reply.body = json_error(404, "The resource cannot be found.").body
            del reply.headers["Content-Type"]


@variation("no-slash", "an encoded slash in an address is refused, as some proxies do")
class NoSlash(Variation):
    status: int = 400

    def before_login(self, request: Request) -> Reply | None:
        return refusal(self.status) if "%2f" in request.path.lower() else None


@variation("versions", "which versions of the API and of the framework there are")
class Versions(Variation):
    offered: str = "11.13.18.05+latest"
    allowed: str = "1+2+3+4+5+6+7+8+9"
    status: int = 200
    """Other than 200: the catalogue is refused."""

    def instead(self, request: Request) -> Reply | None:
        is_refused = self.status != 200 and request.path in PATHS
        return refusal(self.status) if is_refused else None

    def catalogue(self, catalogue: Catalogue) -> Catalogue:
        return Catalogue(tuple(self.offered.split("+")), tuple(self.allowed.split("+")))
