"""The literal design: page after page, and for each record one SELECT, one write, one COMMIT.

By the Django ORM, as the description of such a sync reads when it is taken word for word.
"""

import os
from collections.abc import Iterator
from typing import Any

import django
import requests

from bench.question import COLUMN_OF, HEADERS, LOGIN, PAGE_SIZE, PARAMS, base_url


def items() -> Iterator[dict[str, Any]]:
    session = requests.Session()
    session.auth = LOGIN
    session.headers.update(HEADERS)
    offset, has_more = 0, True
    while has_more:
        params = {**PARAMS, "limit": str(PAGE_SIZE), "offset": str(offset)}
        page = session.get(f"{base_url()}/opportunities", params=params, timeout=90).json()
        yield from page["items"]
        offset, has_more = offset + page["count"], page["hasMore"]


def store(item: dict[str, Any]) -> None:
    from opportunities.models import Opportunity

    remote_id = str(item["OptyId"])
    row = Opportunity.objects.filter(remote_id=remote_id).first() or Opportunity()
    for attribute, column in COLUMN_OF.items():
        setattr(row, column, item[attribute])
    row.save()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bqs.settings"
    django.setup()
    for each in items():
        store(each)
