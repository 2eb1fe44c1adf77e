"""Files and links of an opportunity: who adds, reads and removes them, and what is refused."""

import os
import sys

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.access.roles import Role
from opportunities.attachments.file_types import clean_name
from opportunities.models import Attachment
from opportunities.tests.api_clients import client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.workflow_scene import deal, lead, sa

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    options = {"location": tmp_path}
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "attachments": kept}
    return tmp_path


def address_of(opportunity, below=""):
    return f"/api/opportunities/{opportunity.pk}/attachments{below}"


def attach(person, opportunity, name="Offer.pdf", content=PDF, kind="application/pdf"):
    file = SimpleUploadedFile("x", content, kind)
    file._name = name
    return client_of(person).post(address_of(opportunity), {"file": file}, format="multipart")


def link(person, opportunity, **body):
    address = f"/api/opportunities/{opportunity.pk}/links"
    return client_of(person).post(address, {"title": "RFP", **body}, format="json")


def listed(person, opportunity):
    return client_of(person).get(address_of(opportunity)).json()["results"]


def error_of(answer):
    (error,) = answer.json()["errors"]
    return answer.status_code, error["field"], error["code"]


def test_a_file_comes_back_as_it_was_and_runs_nowhere(folder):
    opportunity = deal()
    added = attach(sa(), opportunity).json()
    assert (added["name"], added["size"]) == ("Offer.pdf", len(PDF))
    (stored,) = os.listdir(folder)
    assert "Offer" not in stored
    answer = client_of(lead()).get(address_of(opportunity, f"/{added['id']}"))
    assert b"".join(answer.streaming_content) == PDF
    headers = answer.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'attachment; filename="Offer.pdf"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_file_and_its_digest_are_in_the_trail():
    opportunity, me = deal(), sa()
    added = attach(me, opportunity).json()
    event = opportunity.events.get()
    assert (event.action, event.actor) == ("ATTACH", me)
    digest = {"sha256": ["", added["sha256"]]}
    assert event.changes == {"attachment": ["", "Offer.pdf"], **digest}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\Offer.pdf", "Offer.pdf"),
        ("Of\0fer.pdf", "Offer.pdf"),
        ("Offer\u202efdp.exe.pdf", "Offerfdp.exe.pdf"),
        ("  a \n b .pdf", "a b.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
        ("\0", "file"),
        ("..", "file"),
    ],
)
def test_a_name_is_no_path_and_hides_nothing(sent, kept):
    assert clean_name(sent) == kept


@pytest.mark.parametrize("name", ["../../up.pdf", "a\0b.pdf", "/etc/passwd.pdf", "C:\\x.pdf"])
def test_a_hostile_name_writes_nowhere_else(name, folder):
    added = attach(sa(), deal(), name).json()
    assert added["name"] in ("up.pdf", "ab.pdf", "passwd.pdf", "x.pdf")
    assert [path.parent for path in folder.rglob("*")] == [folder]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("page.html", b"<script>", "file_type"),
        ("logo.svg", b"<svg onload='x'>", "file_type"),
        ("run.exe", b"MZ", "file_type"),
        ("pdf", PDF, "file_type"),
        ("offer.pdf", b"<html><script>", "file_content"),
        ("table.xlsx", b"%PDF-", "file_content"),
        ("notes.txt", b"MZ\0\0", "file_content"),
    ],
)
def test_a_file_of_another_type_is_refused(name, content, code, folder):
    answer = attach(sa(), deal(), name, content)
    assert error_of(answer) == (400, "file", code)
    assert not os.listdir(folder)
    assert not Attachment.objects.exists()


def test_a_type_that_the_site_leaves_out_is_refused(settings):
    settings.ATTACHMENT_TYPES = ["txt"]
    assert error_of(attach(sa(), deal())) == (400, "file", "file_type")


def test_what_the_client_calls_the_type_counts_for_nothing():
    added = attach(sa(), deal(), "notes.txt", b"<script>", "text/html").json()
    assert added["content_type"] == "text/plain; charset=utf-8"


def test_a_file_that_is_too_large_is_a_problem_of_its_own(settings):
    settings.ATTACHMENT_MAX_MB = 1
    answer = attach(sa(), deal(), content=PDF + b"x" * 1_000_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


def test_a_body_beyond_any_file_is_refused_before_it_is_read(settings):
    settings.UPLOAD_MAX_BYTES = 1_100_000
    answer = attach(sa(), deal(), content=PDF + b"x" * 1_100_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_an_opportunity_keeps_so_much_and_no_more(settings):
    settings.ATTACHMENT_TOTAL_MB = 1
    opportunity, me = deal(), sa()
    attach(me, opportunity, content=PDF + b"x" * 600_000)
    answer = attach(me, opportunity, content=PDF + b"x" * 600_000)
    assert (answer.status_code, answer.json()["guard"]) == (409, "within_attachment_total")
    assert Attachment.objects.count() == 1


def test_an_upload_without_a_file_is_refused():
    answer = client_of(sa()).post(address_of(deal()), {"other": "x"}, format="multipart")
    assert error_of(answer) == (400, "file", "invalid")


@pytest.mark.parametrize(
    ("script", "code"),
    [("print('EICAR found'); exit(1)", "scanner"), ("import os; os.abort()", "scanner")],
)
def test_a_scanner_refuses_and_says_why(settings, script, code, folder):
    settings.ATTACHMENT_SCANNER = f'{sys.executable} -c "{script}"'
    answer = attach(sa(), deal())
    assert error_of(answer) == (400, "file", code)
    assert ("EICAR found" in answer.content.decode()) == ("EICAR" in script)
    assert not os.listdir(folder)


def test_a_scanner_that_is_not_there_lets_nothing_in(settings):
    settings.ATTACHMENT_SCANNER = "no-such-scanner"
    assert error_of(attach(sa(), deal())) == (400, "file", "not_scanned")


def test_a_scanner_reads_the_file_and_lets_it_pass(settings):
    script = "import sys; exit(open(sys.argv[1], 'rb').read(4) != b'%PDF')"
    settings.ATTACHMENT_SCANNER = f'{sys.executable} -c "{script}"'
    assert attach(sa(), deal()).status_code == 201


def test_a_link_is_evidence_with_a_title():
    opportunity = deal()
    added = link(sa(), opportunity, url="https://example.com/rfp?id=1").json()
    assert (added["name"], added["url"]) == ("RFP", "https://example.com/rfp?id=1")
    address = address_of(opportunity, f"/{added['id']}")
    assert client_of(sa()).get(address).status_code == 404


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "//x", "https://", "http://a b"]
)
def test_a_link_leads_to_the_web_alone(url):
    assert error_of(link(sa(), deal(), url=url)) == (400, "url", "invalid")


def test_who_only_reads_attaches_nothing():
    viewer, opportunity = UserFactory(roles=[Role.VIEWER]), deal()
    assert attach(viewer, opportunity).status_code == 403
    assert link(viewer, opportunity, url="https://example.com").status_code == 403
    owner = UserFactory(roles=[Role.SALES_OWNER], crm_owner_name="Bo Li")
    assert attach(owner, opportunity).status_code == 403


@pytest.mark.parametrize("is_by_another_way", [False, True])
def test_files_of_a_deal_out_of_sight_are_not_found(settings, is_by_another_way):
    settings.RESTRICT_VISIBILITY = True
    theirs, me = OpportunityFactory(practice="Data"), sa()
    boss = UserFactory(roles=[Role.BID_MANAGER])
    number = attach(boss, theirs).json()["id"]
    # The way through a deal that one sees leads no further.
    opportunity, client = (deal() if is_by_another_way else theirs), client_of(me)
    for method, below in (("get", ""), ("delete", ""), ("post", "/restore")):
        address = address_of(opportunity, f"/{number}{below}")
        assert getattr(client, method)(address).status_code == 404
    if not is_by_another_way:
        assert client.get(address_of(theirs)).status_code == attach(me, theirs).status_code == 404


def test_a_removed_file_is_kept_told_of_and_put_back(folder):
    opportunity, me, other = deal(), sa(), sa()
    number = attach(me, opportunity).json()["id"]
    address = address_of(opportunity, f"/{number}")
    for _ in range(2):
        assert client_of(me).delete(address).status_code == 204
    assert listed(other, opportunity) == []
    assert client_of(other).get(address).status_code == 404
    (mine,) = listed(me, opportunity)
    assert mine["removed_by"]["id"] == str(me.pk)
    assert [each["id"] for each in listed(lead(), opportunity)] == [number]
    assert len(os.listdir(folder)) == 1
    assert client_of(me).post(f"{address}/restore").json()["removed_at"] is None
    assert len(listed(other, opportunity)) == 1
    actions = opportunity.events.values_list("action", flat=True)
    assert [*actions] == ["ATTACH", "DETACH", "ATTACH"]


def test_nobody_removes_what_others_added_but_the_desk():
    opportunity = deal()
    number = attach(sa(), opportunity).json()["id"]
    address = address_of(opportunity, f"/{number}")
    assert client_of(sa()).delete(address).status_code == 403
    assert client_of(lead()).delete(address).status_code == 204


def test_a_list_of_attachments_costs_the_same_however_long():
    opportunity, me = deal(), sa()
    counts = []
    for _ in range(2):
        attach(me, opportunity)
        client = client_of(me)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address_of(opportunity))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


def test_a_file_is_kept_where_the_setting_says():
    assert storages["attachments"].location


def test_a_file_that_is_lost_is_said_to_be_lost(folder):
    opportunity, person = deal(), sa()
    added = attach(person, opportunity).json()
    (stored,) = folder.iterdir()
    stored.unlink()
    answer = client_of(person).get(address_of(opportunity, f"/{added['id']}"))
    assert (answer.status_code, answer.json()["detail"]) == (
        404,
        "The file is missing. Ask an administrator.",
    )
