"""The first page: real figures by role, each a link to exactly the rows it counts."""

from bqs.overview.page import overview

__all__ = ["overview"]
