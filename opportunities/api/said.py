"""Who says something through the API, as every service wants to be told."""

from typing import Any

from rest_framework.request import Request

from opportunities.models import Channel


def said_by(request: Request, channel: Channel = Channel.API) -> dict[str, Any]:
    request_id = getattr(request, "request_id", "")
    return {"by": request.user, "channel": channel, "request_id": request_id}
