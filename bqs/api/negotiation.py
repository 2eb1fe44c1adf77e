"""Choose the content type of an answer."""

import re
from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

# Here, because views are made with this module while that of problems waits for them.
PROBLEM = "application/problem+json"
ANYTHING = "*/*"
REFUSED = re.compile(r";\s*q\s*=\s*0(\.0*)?\s*(;|$)", re.IGNORECASE)


class AcceptNegotiation(DefaultContentNegotiation):
    """Extends REST framework's negotiation by RFC 9110: `q=0` refuses a type.

    A caller who takes problems only is answered: a client generated for an address whose answer
    has no body asks for nothing else.
    """

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: Any = None
    ) -> tuple[BaseRenderer, str]:
        offered, sent = list(renderers), super().get_accept_list(request)
        refused = {_name(token) for token in sent if REFUSED.search(token)}
        left = [each for each in offered if each.media_type not in refused]
        try:
            return super().select_renderer(request, left, format_suffix)
        except NotAcceptable:
            if PROBLEM in map(_name, self.get_accept_list(request)):
                return offered[0], str(offered[0].media_type)
            raise NotAcceptable(available_renderers=offered) from None

    def get_accept_list(self, request: Request) -> list[str]:
        """Return what is wanted; a blank header asks for nothing, as none does."""
        sent = super().get_accept_list(request)
        return [token for token in sent if not REFUSED.search(token)] if sent else [ANYTHING]


def _name(token: str) -> str:
    return token.partition(";")[0].strip().lower()
