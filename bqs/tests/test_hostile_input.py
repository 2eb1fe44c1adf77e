"""No input ends in a 500: every page and every endpoint, with what no browser sends.

A case is a page with all its fields and parameters, found in the page or in the API's schema.
"""

import re
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib.admin.views.main import IGNORED_PARAMS
from django.test import Client
from django.urls import get_resolver

from bqs.tests.described_answers import description
from bqs.tests.hostile_site import HostileSite
from bqs.tests.hostile_values import (
    ALONE,
    ALONE_IN_JSON,
    AS_A_PATH,
    CHARACTERS,
    HEADERS,
    IN_AN_ADDRESS,
    IN_JSON,
    PAST_THE_DOOR,
    WHOLE_BODIES,
)

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*?\bname="([^"]+)"')
PLACE = re.compile(r"<[^>]+>|\{[^}]+\}")
IN_A_FORM = CHARACTERS | PAST_THE_DOOR
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@pytest.fixture
def site(settings):
    """Its syncs begin nothing, and it may be called as often as it takes."""
    settings.PYTHON_EXECUTABLE = "/bin/false"
    # What no client made from the schema can send, the schema has no answer for.
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "described" not in each]
    site = HostileSite()
    yield site
    assert not site.failures, "\n".join(sorted(set(site.failures)))


# --- the admin ---------------------------------------------------------------------------------


def routes(patterns, before=""):
    for each in patterns:
        route = f"{before}{each.pattern}"
        if hasattr(each, "url_patterns"):
            yield from routes(each.url_patterns, route)
        else:
            yield route


def pages_by_model():
    found = {}
    for route in routes(get_resolver().url_patterns):
        if route.startswith("admin/") and "^" not in route and "(?P" not in route:
            found.setdefault("/".join(route.split("/")[1:3]), []).append(f"/{route}")
    return found


PAGES = pages_by_model()


@pytest.mark.parametrize("model", PAGES)
def test_no_page_of_the_admin_fails(model, site):
    for route in PAGES[model]:
        if PLACE.search(route):
            try_paths(site, "GET", route)
        try_page(site, PLACE.sub(str(key_of(model)), route))


def try_paths(site, method, route):
    for told, value in AS_A_PATH.items():
        site.send(method, PLACE.sub(value, route), told)


def key_of(model):
    """Of a row that is there, if it has a model."""
    try:
        return apps.get_model(model.replace("/", ".")).objects.values_list("pk", flat=True).first()
    except (LookupError, ValueError):
        return 1


def try_page(site, address):
    page = site.send("GET", address, "as it is")
    changelist = (page.context or {}).get("cl")
    if changelist:
        try_list(site, address, changelist)
        try_actions(site, address, changelist)
    elif fields := fields_of(page):
        try_form(site, address, fields)


def try_list(site, address, changelist):
    filters = [name for spec in changelist.filter_specs for name in spec.expected_parameters()]
    columns = [f"{field.name}__exact" for field in changelist.lookup_opts.concrete_fields]
    names = [*dict.fromkeys([*IGNORED_PARAMS, "q", "_facets", "_to_field", *filters, *columns])]
    for told, value in IN_AN_ADDRESS.items():
        site.ask(address, names, value, told)
    for told in ALONE:
        try_filters(site, address, filters, told)


def try_filters(site, address, names, told):
    """One filter that refuses its value hides the others, so they are asked again by halves."""
    query = "&".join(f"{name}={IN_AN_ADDRESS[told]}" for name in names)
    page = site.send("GET", f"{address}?{query}", f"{told}: {', '.join(names)}"[:300])
    if page.status_code != 200 and len(names) > 1:
        middle = len(names) // 2
        try_filters(site, address, names[:middle], told)
        try_filters(site, address, names[middle:], told)


def try_actions(site, address, changelist):
    choices = changelist.model_admin.get_action_choices(site.request())
    for action, _ in choices if changelist.result_list else ():
        if action:
            for told, value in IN_A_FORM.items():
                chosen = {"action": action, "_selected_action": value}
                site.send("POST", address, f"{action} of {told}", **form(chosen))
            chosen["_selected_action"] = str(changelist.result_list[0].pk)
            asked = site.send("POST", address, action, **form(chosen))
            try_form(site, address, fields_of(asked), chosen)


def fields_of(page):
    if page.status_code != 200:
        return []
    names = FIELD.findall(page.content.decode(errors="replace"))
    return [*dict.fromkeys(name for name in names if name != "csrfmiddlewaretoken")]


def try_form(site, address, fields, fixed=None):
    for told, value in IN_A_FORM.items():
        filled = dict.fromkeys(fields, value) | (fixed or {})
        site.send("POST", address, f"{told} in every field", **form(filled))


def form(values):
    """From names as they are, and values as they travel."""
    body = "&".join(f"{quote(name)}={value}" for name, value in values.items())
    return {"data": body, "content_type": FORM}


# --- the API -----------------------------------------------------------------------------------


def endpoints():
    found = {}
    for path, operations in description()["paths"].items():
        found.setdefault(tuple(path.split("/")[2:5:2]), []).append((path, operations))
    return found


ENDPOINTS = endpoints()


@pytest.mark.parametrize("group", ENDPOINTS, ids="/".join)
def test_no_endpoint_fails(group, site):
    for path, operations in ENDPOINTS[group]:
        for method, operation in operations.items():
            try_operation(site, method.upper(), path, operation)


def try_operation(site, method, path, operation):
    address = PLACE.sub(str(site.keys.get(path.split("/")[2], 1)), path)
    if address != path:
        try_paths(site, method, path)
    parameters = [resolved(each) for each in operation.get("parameters", [])]
    names = [each["name"] for each in parameters if each["in"] == "query"]
    for told, value in IN_AN_ADDRESS.items() if names else ():
        site.ask(address, names, value, told)
    site.ask(address, [f"{name}=1&{name}" for name in names], "2", "repeated")
    content = operation.get("requestBody", {}).get("content", {})
    if JSON in content:
        schema = resolved(content[JSON]["schema"])
        for told, value in [*WHOLE_BODIES.items(), *bodies(schema["properties"])]:
            site.send(method, address, told, data=value, content_type=JSON)
    for kind in content.keys() - {JSON}:
        for told, value in WHOLE_BODIES.items():
            site.send(method, address, f"{told} as {kind}", data=value, content_type=kind)


def bodies(properties):
    """Each value in all fields, and some in each alone: a refused field hides what comes after."""
    for told, value in IN_JSON.items():
        pairs = [f'"{name}": {value}' for name in properties]
        yield told, f"{{{','.join(pairs)}}}"
        if told in ALONE_IN_JSON and len(pairs) > 1:
            yield from ((f"{told} alone", f"{{{pair}}}") for pair in pairs)


def resolved(part):
    while "$ref" in part:
        _, _, kind, name = part["$ref"].split("/")
        part = description()["components"][kind][name]
    return part


# --- headers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/", "/admin/", "/api/me", "/api/opportunities", "/static/bqs/icon.svg"]
)
def test_no_header_fails(address, site):
    for told, headers in HEADERS.items():
        for method in ("GET", "POST"):
            site.send(method, address, told, **headers)


@pytest.mark.any_database
def test_a_form_of_many_megabytes_is_refused_before_it_is_read():
    answer = Client().post("/accounts/login/", {"login": "a" * 3_000_000})
    assert (answer.status_code, answer.content) == (413, b"Send fewer fields, or shorter ones.")
