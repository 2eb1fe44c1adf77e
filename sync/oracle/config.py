"""How to reach one Oracle tenant. Knows no Django."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sync.oracle.errors import OracleConfigError

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PAGINGS = ("keyset", "offset")


@dataclass(frozen=True)
class OracleConfig:
    base_url: str
    username: str
    password: str = field(repr=False)
    api_version: str = "11.13.18.05"
    finder: str = "MyOpportunitiesFinder;RecordSet='ALLOPTIES'"
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

    def __post_init__(self) -> None:
        try:
            problems = self._problems()
        except ValueError:  # urlsplit on something like https://[half-an-address
            problems = [f"ORACLE_BASE_URL {self._shown_url!r} is not a web address."]
        if problems:
            raise OracleConfigError(problems[0])

    @property
    def is_loopback(self) -> bool:
        return urlsplit(self.base_url).hostname in LOOPBACK

    @property
    def opportunities_url(self) -> str:
        base = self.base_url.rstrip("/")
        return f"{base}/crmRestApi/resources/{self.api_version}/opportunities"

    def _problems(self) -> list[str]:
        url = urlsplit(self.base_url)
        checks = {
            "ORACLE_BASE_URL is not set: give the address of your Oracle, such as "
            "https://your-company.fa.example.com.": self.base_url,
            f"ORACLE_BASE_URL {self._shown_url!r} is not a web address: begin it with "
            "https:// and the host.": url.scheme in ("http", "https") and url.hostname,
            "ORACLE_BASE_URL holds a user name or password: put them into ORACLE_USERNAME "
            "and ORACLE_PASSWORD.": not (url.username or url.password),
            "ORACLE_BASE_URL must begin with https://: the password would travel in the "
            "clear.": url.scheme == "https" or self.is_loopback,
            "ORACLE_USERNAME is not set.": self.username,
            "ORACLE_PASSWORD is not set.": self.password,
            "ORACLE_API_VERSION is not set: 11.13.18.05 or latest.": self.api_version,
            "ORACLE_PAGE_SIZE must be 1 to 500: Oracle gives no more.": 1 <= self.page_size <= 500,
            f"ORACLE_PAGING is {self.paging!r}: write keyset or offset.": self.paging in PAGINGS,
        }
        return [sentence for sentence, fine in checks.items() if not fine]

    @property
    def _shown_url(self) -> str:
        return self.base_url.rsplit("@", 1)[-1]
