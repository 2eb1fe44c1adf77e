"""Hold and check how to reach one Oracle tenant. Knows no Django."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from sync.oracle.errors import OracleConfigError
from sync.oracle.names import USUAL_FINDER
from sync.oracle.transport.retry import Patience

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PAGINGS = ("keyset", "offset")
AUTHS = ("basic", "client_credentials", "token")
LONGEST_SIDE_QUESTION_S = 20.0
MOST_ATTEMPTS_AT_A_QUESTION = 3


@dataclass(frozen=True)
class OracleConfig:
    base_url: str
    username: str = ""
    password: str = field(default="", repr=False)
    api_version: str = "11.13.18.05"
    finder: str = USUAL_FINDER
    page_size: int = 500
    timeout_s: float = 90
    """Seconds for one whole answer, however slowly it drips in."""
    max_attempts: int = 5
    backoff_s: float = 1
    """Seconds before the first retry; doubled, with jitter, for each further one."""
    paging: str = "keyset"
    """keyset or offset."""
    concurrency: int = 4
    """Connections that read side by side."""
    auth: str = "basic"
    """basic, client_credentials or token."""
    token_url: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scope: str = ""
    token_file: str = ""
    """Path of a file that holds a bearer token and nothing else."""
    ca_bundle: str = ""
    """Path of a PEM file; empty: the certificates that every system trusts."""
    proxy: str = field(default="", repr=False)
    """Address of a proxy, with user and password where it wants them; empty: the environment's."""

    def __post_init__(self) -> None:
        if problems := [problem for problem in self._problems() if problem]:
            raise OracleConfigError(*problems)

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc

    @property
    def identity(self) -> str:
        """Return in words who we are to Oracle."""
        holders = {"client_credentials": "client of ORACLE_CLIENT_ID", "basic": "ORACLE_USERNAME"}
        return f"the {holders.get(self.auth, 'user of the token')}"

    @property
    def opportunities_url(self) -> str:
        base = self.base_url.rstrip("/")
        return f"{base}/crmRestApi/resources/{self.api_version}/opportunities"

    @property
    def patience(self) -> Patience:
        return Patience(self.max_attempts, self.timeout_s)

    @property
    def question_patience(self) -> Patience:
        """Return that for one record of many, which the next run may ask for again."""
        attempts = min(MOST_ATTEMPTS_AT_A_QUESTION, self.max_attempts)
        return Patience(attempts, self.side_patience.timeout_s)

    @property
    def side_patience(self) -> Patience:
        """Return that for a question whose answer only helps."""
        return Patience(1, min(LONGEST_SIDE_QUESTION_S, self.timeout_s))

    def _problems(self) -> Iterator[str]:
        """Yield a sentence for each setting that cannot work, or a blank."""
        if self.base_url:
            login = "ORACLE_USERNAME and ORACLE_PASSWORD"
            yield _problem_of_url("ORACLE_BASE_URL", self.base_url, login)
        else:
            yield (
                "ORACLE_BASE_URL is not set: give the address of your Oracle, such as "
                "https://your-company.fa.example.com."
            )
        yield from self._problems_of_the_sign_in()
        yield _problem_of_proxy(self.proxy)
        yield _problem_of_certificates(self.ca_bundle)
        if not self.api_version:
            yield "ORACLE_API_VERSION is not set: 11.13.18.05 or latest."
        if not 1 <= self.page_size <= 500:
            yield "ORACLE_PAGE_SIZE must be 1 to 500: Oracle gives no more."
        if self.paging not in PAGINGS:
            yield f"ORACLE_PAGING is {self.paging!r}: write {' or '.join(PAGINGS)}."

    def _problems_of_the_sign_in(self) -> Iterator[str]:
        client = {"ORACLE_CLIENT_ID": self.client_id, "ORACLE_CLIENT_SECRET": self.client_secret}
        needed = {
            "basic": {"ORACLE_USERNAME": self.username, "ORACLE_PASSWORD": self.password},
            "token": {"ORACLE_TOKEN_FILE": self.token_file},
            "client_credentials": {"ORACLE_TOKEN_URL": self.token_url, **client},
        }
        if self.auth not in needed:
            yield f"ORACLE_AUTH is {self.auth!r}: write {' or '.join(AUTHS)}."
        for setting, value in needed.get(self.auth, {}).items():
            yield "" if value else f"{setting} is not set."
        if self.auth == "client_credentials" and self.token_url:
            yield _problem_of_url("ORACLE_TOKEN_URL", self.token_url, " and ".join(client))


def is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK


def _problem_of_url(setting: str, address: str, login_settings: str) -> str:
    url = _split(address)
    if not (url and url.scheme in ("http", "https") and url.hostname):
        return (
            f"{setting} {_shown(address)!r} is not a web address: begin it with https:// and the "
            "host."
        )
    if url.username or url.password:
        return f"{setting} holds a user name or password: put them into {login_settings}."
    if url.scheme != "https" and url.hostname not in LOOPBACK:
        return f"{setting} must begin with https://: the password would travel in the clear."
    return ""


def _problem_of_proxy(address: str) -> str:
    url = _split(address)
    if not address or (url and url.scheme in ("http", "https") and url.hostname):
        return ""
    return (
        f"ORACLE_PROXY {_shown(address)!r} is not the address of a proxy: write http://host:port "
        "or http://user:password@host:port, with %-codes for signs like @ and / in the password."
    )


def _problem_of_certificates(path: str) -> str:
    try:
        if path:
            ssl.create_default_context(cafile=path)
    except ssl.SSLError:
        return f"ORACLE_CA_BUNDLE {path} holds no certificates: it must be a file in PEM form."
    except OSError as error:
        return f"ORACLE_CA_BUNDLE {path} cannot be read: {error.strerror}."
    return ""


def _split(address: str) -> SplitResult | None:
    try:
        url = urlsplit(address)
        _ = url.port
    except ValueError:  # On something like https://[half-an-address
        return None
    return url


def _shown(address: str) -> str:
    """Return the address without a password that a person wrote into it."""
    return address.rsplit("@", 1)[-1]
