"""Serve /metrics to whoever has the token or comes from a listed address; to nobody by default."""

import os
from collections.abc import Iterable
from glob import glob
from ipaddress import ip_address
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from prometheus_client import REGISTRY, CollectorRegistry, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector

from bqs.metrics.figures import TradeFigures
from bqs.metrics.folder import VARIABLE, metrics_are_on
from opportunities.api.client_address import THIS_MACHINE


def metrics(request: HttpRequest) -> HttpResponseBase:
    if not metrics_are_on():
        raise Http404
    if not (_has_token(request) or _is_listed(request)):
        return _refusal()
    registry = CollectorRegistry()
    for each in (TradeFigures(), CountedByProcesses()):
        registry.register(each)
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(registry), content_type=content_type)


class CountedByProcesses:
    """Adds up what each process of the site, and each sync, has written to METRICS_FOLDER."""

    def collect(self) -> Iterable[Metric]:
        folder = os.environ.get(VARIABLE)
        files = glob(f"{folder}/*.db")
        merge: Any = MultiProcessCollector.merge
        return merge(files) if folder else REGISTRY.collect()


def _has_token(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    is_right = compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    return bool(settings.METRICS_TOKEN) and kind.lower() == "bearer" and is_right


def _is_listed(request: HttpRequest) -> bool:
    address = ip_address(request.META.get("REMOTE_ADDR") or THIS_MACHINE)
    return any(address in network for network in settings.METRICS_ADDRESSES)


def _refusal() -> HttpResponse:
    if not settings.METRICS_TOKEN:
        sentence = "Not for this address: name it in METRICS_ADDRESSES.\n"
        return HttpResponse(sentence, status=403, content_type="text/plain")
    sentence = "Send the token: Authorization: Bearer …\n"
    answer = HttpResponse(sentence, status=401, content_type="text/plain; charset=utf-8")
    answer.headers["WWW-Authenticate"] = 'Bearer realm="metrics"'
    return answer
