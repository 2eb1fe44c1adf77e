"""deploy/Dockerfile and compose.yaml, read: few machines that test can also build images."""

import re
import shlex
import subprocess
import sys

import pytest
import yaml
from django.core.management import get_commands

from sync.tests.fresh_clone import PACKAGES
from sync.tests.migrated_template import PROJECT

pytestmark = pytest.mark.any_database

DOCKERFILE = re.sub(r"\\\n\s*", "", (PROJECT / "deploy/Dockerfile").read_text())
COMPOSE = yaml.safe_load((PROJECT / "deploy/compose.yaml").read_text())
LINES = [line.partition(" ")[::2] for line in DOCKERFILE.splitlines() if line[:1].isupper()]
OURS = ("migrate", "web", "worker", "schedule")


def test_every_file_that_is_copied_is_there_and_gets_into_the_build():
    let_in = {
        each[1:] for each in (PROJECT / ".dockerignore").read_text().split() if each[0] == "!"
    }
    assert all((PROJECT / each).exists() for each in let_in)
    assert {*PACKAGES, "bqs", "frontend", "gunicorn.conf.py", "manage.py"} <= let_in
    sources = [word for name, rest in LINES if name == "COPY" for word in rest.split()[:-1]]
    copied = [each for each in sources if each != "." and not each.startswith(("--from", "/"))]
    assert all((PROJECT / each).exists() for each in copied)


def test_the_folders_that_are_compiled_are_all_that_there_are():
    (command,) = (rest for name, rest in LINES if name == "RUN" and "compileall" in rest)
    python, *arguments = shlex.split(command)
    assert {*arguments[3:]} == {*PACKAGES, "bqs"}
    assert python == "python"
    subprocess.run([sys.executable, *arguments[:-5], "bqs/web"], cwd=PROJECT, check=True)


def test_it_runs_as_a_user_of_its_own_and_its_health_is_asked_for():
    assert [rest for name, rest in LINES if name == "USER"] == ["bqs"]
    (health,) = (rest for name, rest in LINES if name == "HEALTHCHECK")
    program = yaml.safe_load(health.partition("CMD ")[2])[2]
    compile(program, "HEALTHCHECK", "exec")
    assert "/health/live" in program


def test_its_web_server_takes_its_options(tmp_path):
    (command,) = (yaml.safe_load(rest) for name, rest in LINES if name == "CMD")
    check = [sys.executable, "-m", "gunicorn", "--print-config", *command[1:]]
    answer = subprocess.run(check, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert re.search(r"^threads\s+= 4$", answer.stdout, re.M)


@pytest.mark.parametrize("name", OURS)
def test_each_of_our_services_is_confined_and_runs_a_command_of_ours(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert (service["cap_drop"], service["tmpfs"]) == (["ALL"], ["/tmp"])  # noqa: S108
    assert {"DATABASE_URL", "DATA_FOLDER"} <= service["environment"].keys()
    if command := service.get("command"):
        assert command[:2] == ["python", "manage.py"]
        assert command[2] in get_commands()


def test_no_secret_stands_in_the_files():
    passwords = [COMPOSE["services"]["database"]["environment"]["POSTGRES_PASSWORD"]]
    passwords += [COMPOSE["x-bqs"]["environment"]["DATABASE_URL"].split("bqs:")[1]]
    assert all(each.startswith("${POSTGRES_PASSWORD") for each in passwords)
