"""Carry out docs/go-live.md line by line, and say how long it took: as root, on Debian.

Of the machine nothing stays changed: folders are laid over /etc, /opt, /usr and /var for
this process alone. In the place of systemd fake_systemctl.py starts what the units say.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from requests import Session

from sync.tests.simulator_process import PROJECT, OracleSimulator

HOST = "bqs.example.com"
SSL = "/etc/ssl/certs/bqs.pem", "/etc/ssl/private/bqs.key"
PROVIDER = f"https://{HOST}:8443"
TRUSTED = "/etc/ssl/certs/ca-certificates.crt"
LAID_OVER = ("/etc", "/opt", "/usr", "/var")
MOST_MINUTES = 30
# What the shell that began this has, and .env is to say.
OURS = re.compile("PG|DATABASE_URL|SECRET_KEY|VIRTUAL_ENV|PYTHON")
SALLY = {
    **{"preferred_username": "sally", "email": "sally@example.com", "email_verified": True},
    "groups": ["bqs-sas"],
}


def blocks() -> Iterator[str]:
    page = (PROJECT / "docs/go-live.md").read_text(encoding="utf-8")
    yield from re.findall(r"^```sh\n(.*?)^```$", page, re.M | re.S)


def filled_in(text: str, values: dict[str, str]) -> str:
    """Replace <…>; a place that nobody knows is a mistake of the page."""
    return re.sub(r"<([^<>\n]+)>", lambda place: values[place[1]], text)


def main() -> None:
    if os.environ.get("GO_LIVE") != "apart":
        again = [sys.executable, "-m", "bqs.tests.deployment.go_live", *sys.argv[1:]]
        os.environ["GO_LIVE"] = "apart"
        os.execvp("unshare", ["unshare", "--mount", *again])  # noqa: S606, S607
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="bqs-go-live-", ignore_cleanup_errors=True)
            )
        )
        folder.chmod(0o755)
        archive = _release(folder)
        stack.enter_context(_machine(folder))
        oracle = stack.enter_context(OracleSimulator("--rows", "300"))
        stack.enter_context(_identity_provider())
        browser = stack.enter_context(_browser())
        mails = stack.enter_context(_mail_server(folder))
        began = time.monotonic()
        _carry_out(_values(archive, oracle.url), folder)
        _sign_in(browser)
        _look_at(mails)
        minutes = (time.monotonic() - began) / 60
    print(f"docs/go-live.md took {minutes:.1f} minutes.")
    assert minutes < MOST_MINUTES


def _release(folder: Path) -> Path:
    """Make one of the page as it is built."""
    command = [PROJECT / "deploy/make_release", "--as-built", folder]
    made = subprocess.run(command, capture_output=True, text=True, check=True)
    return Path(made.stdout.strip())


def _values(archive: Path, oracle: str) -> dict[str, str]:
    return {
        "bqs-VERSION.tar.gz": str(archive),
        "bqs.example.com": HOST,
        "mail.example.com": HOST,
        "587": "8587",
        "bqs@example.com": "bqs@example.com",
        "operators@example.com": "operators@example.com",
        "https://login.example.com/realms/company": PROVIDER,
        "client id": "bqs",
        "client secret": "hush",
        "bqs-sas:SA,bqs-admins:Administrator": "bqs-sas:SA,bqs-admins:Administrator",
        "https://your-company.fa.example.com": oracle,
        "Oracle user": "simulator",
        "a long password": "correct horse battery staple",
        "break-glass": "break-glass",
        "people.csv": str(archive.parent / "people.csv"),
    }


@contextmanager
def _machine(folder: Path) -> Iterator[None]:
    """Lay folders of our own over the machine's, with a certificate and a running PostgreSQL."""
    _run(f"mkdir {folder}/over && mount -t tmpfs none {folder}/over && chmod 755 {folder}/over")
    for name in LAID_OVER:
        upper = f"{folder}/over{name}"
        _run(f"mkdir -p {upper}/upper {upper}/work && chmod 755 {upper} {upper}/upper")
        _run(
            f"mount -t overlay -o lowerdir={name},upperdir={upper}/upper,workdir={upper}/work "
            f"none {name}"
        )
    authority = trustme.CA()
    authority.cert_pem.write_to_path("/usr/local/share/ca-certificates/bqs.crt")
    _run("chmod 644 /usr/local/share/ca-certificates/bqs.crt; update-ca-certificates 2>&1")
    server = authority.issue_cert(HOST)
    for place in SSL:
        server.private_key_and_cert_chain_pem.write_to_path(place)
    _run(f"echo 127.0.0.1 {HOST} >>/etc/hosts; rm -f /etc/nginx/sites-enabled/default")
    if not Path("/usr/lib/postgresql").exists():
        _run("apt-get update -qq; apt-get install -y -qq postgresql >/dev/null")
    _run("pg_lsclusters -h | grep -q main || pg_createcluster $(ls /usr/lib/postgresql) main")
    version = _run("pg_lsclusters -h | head -1 | cut -d' ' -f1").strip()
    # Only by its socket, in a /run of our own: another server may have the port.
    _run("mount -t tmpfs none /run && install -d -o postgres -g postgres -m 2775 /run/postgresql")
    _run(f"echo \"listen_addresses = ''\" >>/etc/postgresql/{version}/main/postgresql.conf")
    _run(f"pg_ctlcluster {version} main start")
    try:
        yield
    finally:
        _run(
            "for each in /opt/started /run/nginx.pid; do [ ! -e $each ] || kill $(cat $each); done"
        )
        _run(f"pg_ctlcluster {version} main stop --mode fast", check=False)
        _run(f"umount --lazy {' '.join(LAID_OVER)} {folder}/over", check=False)


def _run(line: str, *, check: bool = True) -> str:
    done = subprocess.run(["/bin/bash", "-c", line], stdout=subprocess.PIPE, text=True, check=check)
    return done.stdout


@contextmanager
def _mail_server(folder: Path) -> Iterator[list[str]]:
    import ssl

    mails: list[str] = []

    class Inbox:
        async def handle_DATA(self, server, session, envelope):
            mails.append(f"{envelope.rcpt_tos} {envelope.content.decode()}")
            return "250 OK"

    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(SSL[0])
    controller = Controller(Inbox(), hostname="127.0.0.1", port=8587, tls_context=tls)
    controller.start()
    yield mails
    controller.stop()


def _carry_out(values: dict[str, str], folder: Path) -> None:
    """Run all blocks in one shell that stops at the first line that fails."""
    shims = folder / "programs"
    shims.mkdir()
    fake = f'#!/bin/sh\nexec {sys.executable} {Path(__file__).parent / "fake_systemctl.py"} "$@"\n'
    (shims / "systemctl").write_text(fake)
    (shims / "systemctl").chmod(0o755)
    (folder / "people.csv").write_text("user_name,email,roles\nbob,bob@example.com,Sales owner\n")
    (folder / "people.csv").chmod(0o644)
    text = "\n".join(filled_in(block, values) for block in blocks())
    (folder / "go-live.sh").write_text(text)
    subprocess.run(
        ["/bin/bash", "-euxo", "pipefail", str(folder / "go-live.sh")],
        check=True,
        cwd=folder,
        env={
            **{name: os.environ[name] for name in os.environ if not OURS.match(name)},
            "PATH": f"{shims}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(Path.home()),
            "DEBIAN_FRONTEND": "noninteractive",
            "ORACLE_PASSWORD": "simulator",
            "no_proxy": HOST,
        },
    )


@contextmanager
def _identity_provider() -> Iterator[None]:
    served = f"app().run(port=8443, ssl_context={SSL})"
    command = [sys.executable, "-c", f"from oidc_provider_mock import app; {served}"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _browser() -> Iterator[Session]:
    with Session() as browser:
        browser.trust_env, browser.verify = False, TRUSTED
        yield browser


def _sign_in(browser: Session) -> None:
    """Go to the provider and come back with a role, as its groups say."""
    assert browser.put(f"{PROVIDER}/users/s1", json=SALLY).ok
    asked = browser.get(f"https://{HOST}/accounts/oidc/login/?next=/inbox")
    assert asked.url.startswith(PROVIDER), asked.text
    assert browser.post(asked.url, data={"sub": "s1"}).url == f"https://{HOST}/inbox"
    me = browser.get(f"https://{HOST}/api/me").json()
    assert (me["username"], me["roles"]) == ("sally", ["SA"]), me


def _look_at(mails: list[str]) -> None:
    """The alert, and word that it is over, have come."""
    to_operators = [mail for mail in mails if "operators@example.com" in mail]
    assert len(to_operators) >= 2, mails
    subjects = [re.search(r"^Subject: (.*)$", mail, re.M)[1] for mail in to_operators]
    print("Mails:", *subjects, sep="\n")
    # Not "all clear": that the simulator has a status which no setting names goes on.
    assert "Over (since" in to_operators[-1], to_operators[-1]


if __name__ == "__main__":
    main()
