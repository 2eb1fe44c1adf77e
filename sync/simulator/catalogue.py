"""Serve the catalogue of versions: those of the API, and the framework versions of each."""

from dataclasses import dataclass

from sync.simulator import exact_json
from sync.simulator.messages import Reply

PATHS = ("/crmRestApi/resources", "/crmRestApi/resources/")


@dataclass(frozen=True)
class Catalogue:
    offered: tuple[str, ...] = ("11.13.18.05", "latest")
    allowed: tuple[str, ...] = tuple("123456789")

    def reply(self) -> Reply:
        named = [each for each in self.offered if each != "latest"] or self.offered
        items = [{"version": each, "allowedFrameworkVersions": self.allowed} for each in named]
        return Reply(body=exact_json.encode({"items": items}))
