"""How lists of the API are cut into pages."""

from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class NumberedPages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500

    def get_page_size(self, request: Request) -> int:
        """Refuse what the library would silently replace by another size."""
        asked = request.query_params.get("page_size")
        if asked is None:
            return self.page_size
        if asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= self.max_page_size:
            return int(asked)
        raise ValidationError(
            {"page_size": [f"Write a whole number from 1 to {self.max_page_size}."]}
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described = super().get_paginated_response_schema(schema)
        for neighbour, page in (("next", 3), ("previous", 1)):
            described["properties"][neighbour]["example"] = f"https://bqs.example/api/…?page={page}"
        return described
