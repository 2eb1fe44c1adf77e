"""Derive a view's security in the API's schema from its rights."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from opportunities.api.rights import PUBLIC, right_of


class RightsSchema(AutoSchema):
    def get_auth(self) -> list[dict[str, Any]]:
        is_public = right_of(self.view, self.method) == PUBLIC
        return [*super().get_auth(), *([{}] if is_public else [])]
