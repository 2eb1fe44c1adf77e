"""deploy/nginx, by a real nginx: at the root of a host, and below a path of another's."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from requests import Session

from sync.tests.company_network import Certificates, certificates
from sync.tests.migrated_template import PROJECT
from sync.tests.scratch_database import scratch_database
from sync.tests.web_server import PASSWORD, WebServer

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin") or ""
pytestmark = [
    pytest.mark.any_database,
    pytest.mark.skipif(not NGINX, reason="There is no nginx here."),
]
ALONE = (PROJECT / "deploy/nginx/bqs.conf").read_text()
BESIDE_OTHERS = ALONE.replace("location / {", "location / { return 404; }\n location /bqs/ {")
GRACE_S = 20


@pytest.fixture(scope="module")
def trusted(tmp_path_factory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize(("prefix", "sample"), [("", ALONE), ("/bqs", BESIDE_OTHERS)])
def test_people_sign_in_and_work_through_nginx_with_the_sample(
    prefix: str, sample: str, trusted: Certificates, tmp_path: Path
):
    behind = {
        **{"URL_PREFIX": prefix, "SITE_URL": f"https://127.0.0.1{prefix}"},
        **{"BEHIND_HTTPS_PROXY": "true", "TRUSTED_PROXIES": "127.0.0.1", "HTTPS_ONLY": "false"},
    }
    with scratch_database() as database, WebServer(database, **behind) as site:
        inside = site.url.removesuffix(prefix)
        with nginx(sample, inside, trusted, tmp_path) as (plain, secure), Session() as person:
            person.trust_env, person.verify = False, trusted.authority
            answer = person.get(f"{plain}{prefix}/inbox", allow_redirects=False)
            assert answer.headers["Location"] == f"https://127.0.0.1{prefix}/inbox"
            page = person.get(f"{secure}{prefix}/accounts/login/")
            token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[0]
            form = {"login": "admin", "password": PASSWORD, "csrfmiddlewaretoken": token}
            person.headers["Referer"] = page.url
            assert person.post(page.url, form).ok
            me = person.get(f"{secure}{prefix}/api/session").json()["me"]
            assert me["username"] == "admin"
            rows = person.get(f"{secure}{prefix}/api/users?page_size=1").json()
            assert (rows["next"] or "https://").startswith("https://")
            # As it came, with the slash of a number in it.
            problem = person.get(f"{secure}{prefix}/api/oracle-opportunity/A%2F7").json()
            assert "A/7" in problem["detail"]
            # An attachment of full size gets to the site, which knows no such deal.
            file = {"file": ("a.zip", bytes(20_000_000))}
            person.headers["X-CSRFToken"] = person.cookies["csrftoken"]
            upload = person.post(f"{secure}{prefix}/api/opportunities/1/attachments", files=file)
            assert (upload.status_code, upload.json()["code"]) == (404, "not_found")
            assert person.get(f"{secure}{prefix}/static/bqs/icon.svg").ok


@contextmanager
def nginx(sample: str, site: str, trusted: Certificates, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield its addresses for http and https."""
    plain, secure = free_port(), free_port()
    changed = {
        **{
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ": f"listen 127.0.0.1:{secure} ",
        },
        **{"/etc/ssl/certs/bqs.pem": trusted.server, "/etc/ssl/private/bqs.key": trusted.server},
        "/etc/nginx/snippets/bqs-proxy.conf": str(folder / "bqs-proxy.conf"),
    }
    for before, after in changed.items():
        assert before in sample
        sample = sample.replace(before, after)
    snippet = (PROJECT / "deploy/nginx/bqs-proxy.conf").read_text()
    # The port is no part of a host that people reach by 443.
    snippet = snippet.replace("http://127.0.0.1:8000", site).replace("$host", "$http_host")
    (folder / "bqs-proxy.conf").write_text(snippet)
    (folder / "bqs.conf").write_text(sample)
    places = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    main.write_text(
        f"user root root; pid {folder}/pid; error_log {folder}/error.log; daemon off; events {{}}"
        f" http {{ access_log off; {places} include {folder}/bqs.conf; }}"
    )
    command = [NGINX, "-c", str(main), "-e", f"{folder}/error.log"]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    process = subprocess.Popen(command)
    try:
        await_port(secure)
        yield f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{secure}"
    finally:
        process.terminate()
        process.wait(GRACE_S)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def await_port(port: int) -> None:
    ends_at = time.monotonic() + GRACE_S
    while time.monotonic() < ends_at:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"Nobody listens at {port}.")
