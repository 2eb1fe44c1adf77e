"""People from a file: checked as a whole, shown first, applied at once, each change on record."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.people_import import PeopleImport
from accounts.tests.doors import browser
from audit.models import AuditEvent
from opportunities.access.roles import Role
from opportunities.models import PracticeMembership, Profile
from opportunities.tests.admin_clients import browser_of, text_of
from opportunities.tests.admin_people import superuser
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.tests.html_pages import Page
from opportunities.tests.mail_server import REFUSED, mail_server

pytestmark = pytest.mark.django_db
HEADER = "user_name,first_name,last_name,email,roles,practices,leads,crm_owner_name,is_active"
ADA = "ada,Ada,Lovelace,ada@example.com,SA;SA lead,Cloud;Data,Data,,"
IMPORT = reverse("admin:auth_user_import")


def content(*lines):
    return "\n".join([HEADER, *lines]).encode()


def faults(*lines, by=None):
    people = PeopleImport(by=by)
    people.read(content(*lines))
    return people.faults


def command(tmp_path, *lines, **options):
    file = tmp_path / "people.csv"
    file.write_bytes(content(*lines))
    told = StringIO()
    call_command("import_people", file, stdout=told, **options)
    return told.getvalue()


def roles_of(name):
    return {group.name for group in User.objects.get(username=name).groups.all()}


def keeper(**more):
    return UserFactory(is_staff=True, roles=[Role.ADMINISTRATOR], **more)


# --- the command ------------


def test_new_people_get_roles_and_practices_and_no_password(tmp_path):
    told = command(tmp_path, ADA, "root,,,,Administrator,,,,")
    ada = User.objects.get(username="ada")
    assert "ada" in told
    assert "new: first_name: Ada" in told
    assert (ada.get_full_name(), ada.has_usable_password()) == ("Ada Lovelace", False)
    assert roles_of("ada") == {"SA", "SA lead"}
    members = PracticeMembership.objects.filter(user=ada).values_list("practice", "is_lead")
    assert dict(members) == {"Cloud": False, "Data": True}
    assert User.objects.get(username="root").is_staff
    kinds = AuditEvent.objects.filter(about_id=str(ada.pk)).values_list("kind", flat=True)
    assert sorted(kinds) == ["person.changed", "roles.changed"]


def test_an_empty_cell_changes_nothing_and_none_empties(tmp_path):
    command(tmp_path, ADA)
    command(tmp_path, "Ada,,Byron,,,,none,A. Byron,")
    assert User.objects.get().get_full_name() == "Ada Byron"
    assert roles_of("ada") == {"SA", "SA lead"}
    assert not PracticeMembership.objects.filter(is_lead=True).exists()
    assert PracticeMembership.objects.count() == 2
    assert Profile.objects.get().crm_owner_name == "A. Byron"
    command(tmp_path, "ada,,,,SA,none,,,false")
    assert roles_of("ada") == {"SA"}
    assert not PracticeMembership.objects.exists()
    assert not User.objects.get().is_active


def test_the_same_file_again_changes_nothing(tmp_path):
    command(tmp_path, ADA)
    before = AuditEvent.objects.count()
    assert "unchanged" in command(tmp_path, ADA)
    assert AuditEvent.objects.count() == before


def test_a_dry_run_writes_nothing(tmp_path):
    assert "new: " in command(tmp_path, ADA, dry_run=True)
    assert not User.objects.exists()


def test_one_fault_stops_all_and_every_fault_is_told(tmp_path):
    lines = [ADA, "b!,,,nomail,Boss,,,,perhaps", "ADA,,,,,,,,", "c,,,ada@example.com,,,,,"]
    with pytest.raises(CommandError) as refusal:
        command(tmp_path, *lines)
    told = str(refusal.value).splitlines()
    assert told[0] == "Nothing was changed."
    for number, words in [
        (3, "user_name: Enter a valid username"),
        (3, "email: Enter a valid email address"),
        (3, "roles: there is no Boss. Write some of: Administrator, Auditor, Bid manager"),
        (3, "is_active is 'perhaps': write true or false."),
        (4, "ADA is in line 2, too"),
        (5, "email: another account has ada@example.com"),
    ]:
        assert any(line.startswith(f"Line {number}: {words}") for line in told), words
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"user_name,role\nada,SA", "there is no column 'role'. The columns are user_name, first_"),
        (b"first_name\nAda", "the column user_name is missing"),
        (b"user_name\nada,SA", "more cells than the header"),
        (b"user_name\n\xff", "not UTF-8"),
        (b"user_name\n", "no people"),
        (b"", "the column user_name is missing"),
        (b'user_name,first_name\nada,"A', "not CSV"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(sent, words):
    people = PeopleImport()
    people.read(sent)
    (fault,) = people.faults
    assert words in fault


def test_a_line_ends_where_csv_says_so():
    people = PeopleImport()
    people.read('user_name,first_name\nada,"A\u2028B"\nbob,B\x85b\n'.encode())
    assert [each.person.first_name for each in people.planned] == ["A\u2028B", "B\x85b"]


def test_a_file_of_a_german_excel_is_read():
    people = PeopleImport()
    people.read('\ufeffuser_name;roles\r\nada;"SA;SA lead"\r\n'.encode())
    assert people.faults == []
    assert len(people.planned[0].roles) == 2


def test_a_sales_owner_is_found_by_a_name_that_one_person_has(tmp_path):
    OpportunityFactory(sales_owner="ADA Lovelace")
    OpportunityFactory(sales_owner="Bob Bee")
    UserFactory(first_name="Bob", last_name="Bee")
    lines = ["ada,Ada,Lovelace,,Sales owner,,,,", "bob,Bob,Bee,,Sales owner,,,,"]
    assert "crm_owner_name: ADA Lovelace (found by name)" in command(tmp_path, *lines)
    assert Profile.objects.get().crm_owner_name == "ADA Lovelace"
    command(tmp_path, "bo,Bo,Lee,,Sales owner,,,none,")
    OpportunityFactory(sales_owner="Bo Lee")
    assert "unchanged" in command(tmp_path, "bo,,,,,,,none,")


def test_an_invitation_leads_to_where_one_begins(tmp_path, settings):
    settings.SITE_URL = "https://bqs.example.com"
    UserFactory(username="old", email="old@example.com")
    command(tmp_path, ADA, "old,New,Name,,,,,,", invite=True)
    (sent,) = mail.outbox
    assert sent.to == ["ada@example.com"]
    assert "https://bqs.example.com/accounts/password/reset/" in sent.body
    browser().post("/accounts/password/reset/", {"email": "ada@example.com"})
    assert "/accounts/password/reset/" in mail.outbox[-1].body
    assert len(mail.outbox) == 2


def test_who_gets_no_mail_is_told_and_the_others_get_theirs(tmp_path, settings):
    settings.SITE_URL = "https://bqs.example.com"
    with mail_server(settings) as server:
        server.answers["ada@example.com"] = [REFUSED]
        with pytest.raises(CommandError, match="No mail could be sent to ada, nomail"):
            command(tmp_path, ADA, "nomail,,,,,,,,", "zoe,,,zoe@example.com,,,,,", invite=True)
    assert server.told == ["zoe@example.com"]
    assert User.objects.count() == 3


def test_reading_asks_the_database_as_often_for_many_as_for_one():
    def queries(count):
        with CaptureQueriesContext(connection) as asked:
            assert faults(*(f"p{n},,,,SA,,,," for n in range(count))) == []
        return len(asked)

    assert queries(30) == queries(1)


# --- the admin ------------


def upload(by, *lines):
    file = SimpleUploadedFile("people.csv", content(*lines))
    return browser_of(by).post(IMPORT, {"file": file})


def test_the_page_shows_first_and_then_applies():
    by = keeper()
    assert "Import people" in text_of(browser_of(by).get(reverse("admin:auth_user_changelist")))
    preview = upload(by, ADA)
    assert "new: first_name: Ada" in text_of(preview)
    assert not User.objects.filter(username="ada").exists()
    form = Page(preview).main_form() | {"apply": "yes"}
    assert browser_of(by).post(IMPORT, form).status_code == 302
    assert roles_of("ada") == {"SA", "SA lead"}
    assert AuditEvent.objects.filter(kind="roles.changed", actor=by).exists()


def test_the_page_counts_what_changed_and_tells_of_the_second_person(settings):
    settings.ROLE_CHANGES_NEED_TWO = True
    by = keeper(username="keeper")
    form = Page(upload(by, ADA, "bob,,,,,,,,", "keeper,,,,,,,,")).main_form() | {"apply": "yes"}
    page = text_of(browser_of(by).post(IMPORT, form, follow=True))
    assert "People made or changed: 2." in page
    assert "New roles count once another administrator approves them" in page
    assert roles_of("ada") == set()


def test_a_role_whose_work_is_in_the_admin_lets_them_in():
    form = Page(upload(superuser(), "root,,,,Auditor,,,,")).main_form() | {"apply": "yes"}
    browser_of(superuser(username="s2")).post(IMPORT, form)
    assert User.objects.get(username="root").is_staff


def test_faults_are_shown_and_nothing_can_be_applied():
    page = text_of(upload(keeper(), "ada,,,,Boss,,,,"))
    assert "there is no Boss" in page
    assert "Apply" not in page


def test_nobody_hands_out_rights_they_do_not_hold():
    by, above = keeper(username="keeper"), superuser()
    strong = Group.objects.create(name="Strong")
    strong.permissions.add(Permission.objects.get(codename="delete_user"))
    assert "You cannot assign Strong" in faults("ada,,,,Strong,,,,", by=by)[0]
    assert "has rights that you do not have" in faults(f"{above.username},A,,,,,,,", by=by)[0]
    assert "your own account" in faults("keeper,New,,,,,,,", by=by)[0]
    assert faults("ada,,,,Strong,,,,", by=superuser()) == []


def test_a_name_in_the_crm_that_is_found_is_a_change_like_another():
    above = superuser(first_name="Bob", last_name="Bee", roles=[Role.SALES_OWNER])
    OpportunityFactory(sales_owner="Bob Bee")
    assert "has rights that you do not" in faults(f"{above.username},,,,,,,,", by=keeper())[0]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("lacks", ["add_user", "delete_practicemembership", "change_profile"])
def test_the_page_is_for_those_who_make_people(method, lacks):
    by = keeper()
    by.groups.get().permissions.remove(Permission.objects.get(codename=lacks))
    client = browser_of(by)
    assert getattr(client, method)(IMPORT).status_code == 403
    assert "Import people" not in text_of(client.get(reverse("admin:auth_user_changelist")))
