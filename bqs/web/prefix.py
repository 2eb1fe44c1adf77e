"""Serve the site below a path of a host that it shares: https://intranet.example.com/bqs/."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

from django.conf import settings


def without_prefix(site: WSGIApplication) -> WSGIApplication:
    """Take URL_PREFIX from each address: a proxy that leaves addresses alone sends it along."""
    prefix: str = settings.URL_PREFIX

    def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if f"{path}/".startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path.removeprefix(prefix)
        return site(environ, start_response)

    return application if prefix else site
