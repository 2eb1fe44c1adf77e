"""Everything that a GET can be sent to: the API by its schema, and every page."""

import re
from io import BytesIO
from itertools import chain
from zipfile import ZipFile

from django.apps import apps
from django.db.models import Max, Min
from django.urls import get_resolver

from bqs.tests.described_answers import description

LEFT_OUT = re.compile(r"logout|\.pdf$")
PLACE = re.compile(r"<[^>]+>|\{[^}]+\}")
# In a place that takes something else than the number of the row.
WORDS = {"kind": "csv", "name": "HOLD", "state": "MET", "version_no": "1"}
MODELS = {
    "sync-history": "sync.synclog",
    "assessment-templates": "assessments.assessmenttemplate",
    "saved-views": "accounts.savedview",
}
GROUPS = ("customer", "practice", "geo", "sales_owner", "stage")


def paths_of_api():
    return [path for path, each in description()["paths"].items() if "get" in each]


def routes(patterns, before=""):
    for each in patterns:
        route = f"{before}{each.pattern}"
        if hasattr(each, "url_patterns"):
            yield from routes(each.url_patterns, route)
        elif "^" not in route and "(?P" not in route:
            yield f"/{route}"


def pages():
    """Of the admin, and the decision records; not what ends the sign-in, nor what is drawn."""
    for route in routes(get_resolver().url_patterns):
        if route.startswith(("/admin/", "/opportunities/")) and not LEFT_OUT.search(route):
            yield route


def addresses(deal):
    """With the number of this opportunity, and of all rows of another model that a page shows."""
    for route in chain(paths_of_api(), pages()):
        for key in _keys(route, deal) if PLACE.search(route) else [0]:
            yield PLACE.sub(lambda place, key=key: WORDS.get(_name(place[0]), str(key)), route)
    yield f"/api/opportunities/{deal.pk}/assessments/compare?older=1&newer=1"
    yield from (f"/api/opportunities?group={each}" for each in GROUPS)
    yield "/api/opportunities?removed=true"


def _name(place):
    return place.strip("<>{}").rpartition(":")[2]


def _keys(route, deal):
    """Of the first and the last row; pages of assessments are of the opportunity, too."""
    if route.startswith("/api/oracle-opportunity"):
        return [deal.remote_id]
    if route.startswith("/api/opportunities"):
        return [deal.pk]
    named = MODELS.get(route.split("/")[2]) or ".".join(route.split("/")[2:4])
    try:
        ends = apps.get_model(named).objects.aggregate(first=Min("pk"), last=Max("pk"))
    except (LookupError, ValueError):
        return [deal.pk]
    return {*ends.values(), *([deal.pk] if "/assessment/" in route else [])}


def close_file(answer):
    """And not the answer: that would end the connection in which the test's rows stand."""
    for close in answer._resource_closers:
        close()


def text_of(answer):
    """As a person reads it who opens the file."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:4] == b"PK\x03\x04":
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(map(book.read, book.namelist()))
    close_file(answer)
    return content.decode(errors="replace")
