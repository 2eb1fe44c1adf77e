"""What is dear is bounded: words, groups, exports and figures at once, and the time of a query."""

from threading import Thread

import pytest
from django.core.cache import caches
from django.db import connection

from opportunities.access.roles import Role
from opportunities.lists.slots import TURN, NoSlot, costly_slot, export_slot
from opportunities.models.querysets import OpportunityQuerySet
from opportunities.models.search_text import MOST_LETTERS
from opportunities.tests.api_clients import any_user, client_of
from opportunities.tests.factories import OpportunityFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/api/opportunities"
TEN, LONG = "a e i o u r s t n l", "x" * (MOST_LETTERS + 1)


def read(answer):
    """To its end, where a file is closed."""
    assert answer.status_code == 200
    assert answer.getvalue()


def sentence_of(answer):
    assert answer.status_code == 400, answer.content
    return answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("address", [LIST, f"{LIST}/tabs", "/api/dashboard"])
def test_words_are_bounded_in_number_and_length_over_all_groups(address):
    client, groups = any_user(), [f"search={TEN}"] * 10
    assert client.get(address, {"search": TEN}).status_code == 200
    assert (
        sentence_of(client.get(address, {"search": f"{TEN} m"})) == "Search for at most 10 words."
    )
    assert "at most 100 characters" in sentence_of(client.get(address, {"search": LONG}))
    told = "The search and its groups have 100 words. Use at most 10 in total."
    assert sentence_of(client.get(address, {"either": groups})) == told
    told = "The search and its groups have 11 words. Use at most 10 in total."
    assert sentence_of(client.get(address, {"search": "a", "either": groups[:1]})) == told


def test_the_admin_says_how_much_can_be_looked_for(admin_client):
    OpportunityFactory(name="Found by nothing")
    page = admin_client.get("/admin/opportunities/opportunity/", {"q": f"{TEN} m"})
    assert "Search for at most 10 words." in page.content.decode()


def test_people_are_read_once_for_all_words(django_assert_num_queries):
    UserFactory(first_name="Ada", last_name="Byron")
    with django_assert_num_queries(1):
        OpportunityFactory._meta.model.objects.search("ada byron ada network")


# --- slots -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [f"{LIST}/export.csv", f"{LIST}/export.xlsx"])
def test_a_user_has_one_export_until_its_last_byte(address):
    me = UserFactory(roles=[Role.VIEWER])
    client, other = client_of(me), any_user()
    file = client.get(address)
    assert file.status_code == 200
    refused = client.get(address)
    assert (refused.status_code, refused.json()["code"]) == (429, "busy")
    assert "Your last export" in refused.json()["detail"]
    assert refused.headers["Retry-After"] == "3"
    read(file)
    read(other.get(address))
    read(client.get(address))


def test_only_so_many_exports_at_once_and_a_refused_one_leaves_none_taken(settings):
    settings.EXPORTS_AT_ONCE = 1
    with export_slot(1), pytest.raises(NoSlot, match="Other people are exporting"), export_slot(2):
        pass
    with export_slot(2):
        pass


def test_an_export_that_is_refused_or_fails_gives_its_slot_back(settings):
    settings.EXPORT_MAX_ROWS = 1
    OpportunityFactory.create_batch(2)
    client = any_user()
    assert [client.get(f"{LIST}/export.csv").status_code for _ in range(2)] == [422, 422]


def test_the_admin_tells_why_an_export_has_to_wait(admin_client, admin_user):
    with export_slot(admin_user.pk):
        page = admin_client.get("/admin/opportunities/opportunity/export/csv", follow=True)
    assert "Your last export is still running" in page.content.decode()


@pytest.mark.parametrize(
    ("address", "is_costly"),
    [
        ("/api/dashboard", True),
        (f"{LIST}?search={TEN}", True),
        (f"{LIST}/sums?either=search=a b c&either=search=d e", True),
        (f"{LIST}?search=a b c d&geo=EMEA", False),
    ],
)
def test_figures_and_long_searches_wait_for_others_of_their_user(address, is_costly):
    me = UserFactory(roles=[Role.VIEWER])
    for number in range(2):
        caches["default"].add(f"costly_of_{me.pk}_{number}", 1)
    client = client_of(me)
    assert client.get(address).status_code == (429 if is_costly else 200)
    assert any_user().get(address).status_code == 200
    caches["default"].clear()
    assert [client.get(address).status_code for _ in range(3)] == [200] * 3


def test_a_file_takes_no_slot_of_searches_however_many_words_it_is_for():
    me = UserFactory(roles=[Role.LEAD])
    for number in range(2):
        caches["default"].add(f"costly_of_{me.pk}_{number}", 1)
    answer = client_of(me).get(f"{LIST}/export.csv?search={TEN}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)


def test_what_is_costly_is_done_one_after_the_other(monkeypatch):
    monkeypatch.setattr("opportunities.lists.slots.TURN_S", 0.01)
    told = []

    def ask(user_id):
        try:
            with costly_slot(user_id):
                told.append("in turn")
        except NoSlot as refusal:
            told.append(str(refusal))

    with costly_slot(1):
        other = Thread(target=ask, args=[2])
        other.start()
        other.join()
    ask(2)
    assert told == ["Many searches are running right now. Try again in a moment.", "in turn"]
    assert TURN.acquire(blocking=False)
    TURN.release()


# --- time --------------------------------------------------------------------------------------

of_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite ends no statement by itself."
)


@pytest.fixture
def slow_rows(monkeypatch):
    """Each row that is read takes a while."""
    of_all = OpportunityQuerySet.visible_to
    slow = "(SELECT pg_sleep(0.2)) IS NOT NULL"
    monkeypatch.setattr(
        OpportunityQuerySet,
        "visible_to",
        lambda rows, access: of_all(rows, access).extra(where=[slow]),  # noqa: S610
    )


@of_postgresql
@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("LIST_TIMEOUT_S", LIST),
        ("LIST_TIMEOUT_S", "/api/dashboard"),
        ("EXPORT_TIMEOUT_S", f"{LIST}/export.csv"),
        ("EXPORT_TIMEOUT_S", f"{LIST}/export.xlsx"),
        ("ADMIN_TIMEOUT_S", "/admin/opportunities/opportunity/"),
        ("EXPORT_TIMEOUT_S", "/admin/opportunities/opportunity/export/csv"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_what_takes_too_long_is_a_503_that_says_what_to_do(
    setting, address, slow_rows, settings, admin_client
):
    OpportunityFactory()
    read(admin_client.get(address))
    setattr(settings, setting, 0.05)
    answer = admin_client.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "This took too long" in answer.content.decode()
    if address.startswith("/api"):
        assert answer.json()["detail"] == "This took too long. Filter the list."
    setattr(settings, setting, 0)
    read(admin_client.get(address))


@of_postgresql
@pytest.mark.django_db(transaction=True)
def test_each_kind_of_request_has_its_limit_and_syncs_have_none(settings):
    def limit():
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    settings.LIST_TIMEOUT_S, settings.REQUEST_TIMEOUT_S = 7, 9
    client = any_user()
    client.get("/api/me")
    assert limit() == "7s"
    client.post("/api/saved-views", {})
    assert limit() == "9s"
    connection.close()
    assert limit() == "0"
