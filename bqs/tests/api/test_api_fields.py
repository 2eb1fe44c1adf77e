"""GET /api/opportunities/fields keeps what it says: a client that follows it is never refused."""

import pytest
from django.urls import resolve

from opportunities.domain.states import BY_ACTION, Action, WorkflowStatus
from opportunities.tests.api_clients import any_user
from opportunities.tests.factories import OpportunityFactory

pytestmark = pytest.mark.django_db
URL = "/api/opportunities/fields"
LIST = "/api/opportunities"


def catalogue():
    answer = any_user().get(URL)
    assert answer.status_code == 200, answer.content
    return answer.json()


def named(flag):
    names = [field["name"] for field in catalogue()["fields"] if field[flag]]
    assert names, flag
    return names


def test_a_field_has_one_label_and_says_what_it_is():
    fields = {field["name"]: field for field in catalogue()["fields"]}
    assert fields["geo"] == {
        "name": "geo",
        "label": "Geography",
        "kind": "word",
        "owner": "crm",
        "is_sortable": True,
        "is_filterable": True,
        "is_groupable": True,
        "is_searchable": False,
        "is_exportable": True,
        "is_in_list": True,
        "is_in_record": True,
    }


def test_a_list_sorts_by_whatever_is_said_to_be_sortable():
    assert any_user().get(LIST, {"ordering": ",".join(named("is_sortable"))}).status_code == 200


@pytest.mark.parametrize("name", ["workflow_status", "assigned_sa", "sector", "stage"])
def test_a_list_groups_by_what_is_said_to_be_groupable(name):
    OpportunityFactory()
    assert name in named("is_groupable")
    assert any_user().get(LIST, {"group": name}).json()["groups"]


def test_a_file_has_each_column_that_is_said_to_be_exportable():
    OpportunityFactory()
    client = any_user(permissions=["view_opportunity", "export_opportunity"])
    names = named("is_exportable")
    answer = client.get(f"{LIST}/export.csv", {"columns": ",".join(names)})
    head = b"".join(answer.streaming_content).decode().lstrip("\ufeff").splitlines()[0]
    labels = {field["name"]: field["label"] for field in catalogue()["fields"]}
    assert head.split(",") == [labels[name] for name in names]


@pytest.mark.parametrize("kind", ["word", "name"])
def test_words_are_parameters_of_their_own_name(kind):
    OpportunityFactory(name="found", **{"practice": "Cloud", "customer": "Contoso"})
    fields = [f for f in catalogue()["fields"] if f["kind"] == kind and f["is_filterable"]]
    assert fields
    for field in fields:
        answer = any_user().get(LIST, {field["name"]: "no such word"})
        assert answer.json()["count"] == 0, field


def test_attributes_that_a_setting_names_are_fields_as_well(settings):
    settings.EXTRA_COLUMNS = {"Region_c": "Region"}
    settings.EXTRA_FILTERS = {"Region_c": "Region", "Size_c": "Size"}
    fields = {field["name"]: field for field in catalogue()["fields"]}
    region, size = fields["extra.Region_c"], fields["extra.Size_c"]
    assert (region["label"], region["is_exportable"], region["is_filterable"]) == (
        "Region",
        True,
        True,
    )
    assert (size["is_exportable"], size["is_filterable"]) == (False, True)


def test_every_state_has_its_look_its_tab_and_its_clock():
    states = {state["value"]: state for state in catalogue()["states"]}
    assert [*states] == WorkflowStatus.values
    assert states["CONDITIONAL"] == {
        "value": "CONDITIONAL",
        "label": "Conditional",
        "tone": "warning",
        "tab": "decided",
        "has_clock": True,
    }
    assert not states["APPROVED"]["has_clock"]


@pytest.mark.parametrize("status", WorkflowStatus.values)
def test_a_state_is_in_the_tab_that_it_names(status):
    OpportunityFactory(workflow_status=status)
    (tab,) = [state["tab"] for state in catalogue()["states"] if state["value"] == status]
    assert any_user().get(LIST, {"tab": tab}).json()["count"] == 1


def test_every_action_says_what_it_asks_for_and_where_it_is_posted():
    actions = {action["value"]: action for action in catalogue()["actions"]}
    assert [*actions] == [row.action for row in BY_ACTION.values() if not row.is_system]
    hold = actions["HOLD"]
    assert (hold["asks"], hold["may_ask"], hold["is_bulk"]) == (["reason", "review_on"], [], True)
    for action in actions.values():
        resolve(f"{LIST}/1/actions/{action['path']}")
        if action["is_bulk"]:
            resolve(f"{LIST}/bulk/{action['path']}")
    assert not actions[Action.CLAIM]["is_bulk"]


def test_a_page_takes_as_many_rows_as_the_limits_say():
    most = catalogue()["limits"]["page_size"]
    assert any_user().get(LIST, {"page_size": most}).status_code == 200
    assert any_user().get(LIST, {"page_size": most + 1}).status_code == 400
