"""Serve the catalogue of versions: those of the API, and the framework versions of each."""

from dataclasses import dataclass

from sync.simulator import exact_json
from sync.simulator.messages import Reply

PATHS = ("/crmRestApi/resources", "/crmRestApi/resources/")


@dataclass(frozen=True)
class Catalogue:
    offered: tuple[str, ...] = ("11.13.18.05", "latest")
    allowed: tuple[str, ...] = tuple("123456789")
    default: str = "1"

    def reply(self, url: str) -> Reply:
        named = [each for each in self.offered if each != "latest"] or [*self.offered]
        items = [
            {
                "version": version,
                "isLatest": version == self.offered[0],
                "defaultFrameworkVersion": self.default,
                "allowedFrameworkVersions": [*self.allowed],
                "links": [{"rel": "self", "href": f"{url}{PATHS[0]}/{version}", "name": version}],
            }
            for version in named
        ]
        return Reply(body=exact_json.encode({"items": items, "links": []}))
