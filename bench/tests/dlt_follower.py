"""Print each change after a cursor as dlt's REST source gives it, in the Python that has dlt."""

import json
import os
import sys

from dlt.sources.rest_api import rest_api_source

AUTH = {"type": "api_key", "name": "Authorization", "api_key": f"Token {os.environ['TOKEN']}"}
PAGES = {
    "type": "cursor",
    "cursor_path": "next",
    "cursor_param": "after",
    "has_more_path": "has_more",
}

if __name__ == "__main__":
    address, after = sys.argv[1:]
    endpoint = {"path": "changes", "data_selector": "changes", "paginator": PAGES}
    endpoint["params"] = {"limit": 2, "after": after}
    client = {"base_url": f"{address}/api/", "auth": AUTH}
    source = rest_api_source(
        {"client": client, "resources": [{"name": "changes", "endpoint": endpoint}]}
    )
    for change in source.resources["changes"]:
        print(json.dumps(change))
