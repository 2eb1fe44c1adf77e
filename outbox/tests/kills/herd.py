"""Fork writers and workers from a process that has Django loaded, to be killed one by one.

Reads words from its standard input, and answers each with the process it began.
"""

import itertools
import json
import os
import signal
import sys
import time
import urllib.request
from contextlib import suppress
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bqs.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from opportunities.models import Channel, Opportunity  # noqa: E402
from opportunities.tests.workflow_scene import bid_manager, deal  # noqa: E402
from opportunities.workflow.services import opportunity_comment  # noqa: E402
from outbox import channels  # noqa: E402
from outbox.channels import NotDelivered  # noqa: E402
from outbox.models import Delivery  # noqa: E402

URL, INTERVAL_S, REST_S = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])


class Http:
    pauses = (timedelta(seconds=2),) * 100

    def deliver(self, delivery):
        body = {"source": delivery.event.source, "at": delivery.event.at.timestamp()}
        request = urllib.request.Request(  # noqa: S310 - of the test
            URL, json.dumps(body).encode(), {"X-BQS-Delivery": str(delivery.pk)}
        )
        try:
            urllib.request.urlopen(request, timeout=1.5).close()  # noqa: S310
        except OSError as error:
            raise NotDelivered(str(error)) from error


def comments(events):
    for event in events:
        if event.name == "comment.written":
            yield Delivery(event=event, channel="http", target=URL, subject=event.name)


def scene():
    bid_manager()
    deal()


def writer():
    """Comment for ever; each seventh is taken back before it is committed."""
    by, opportunity = User.objects.get(), Opportunity.objects.get()
    for number in itertools.count():
        with suppress(ZeroDivisionError), transaction.atomic():
            text = f"{os.getpid()}, {number}"
            opportunity_comment(opportunity=opportunity, by=by, text=text, channel=Channel.API)
            assert number % 7 or 1 / 0
        time.sleep(REST_S)


def worker():
    channels.channels["http"] = Http()
    channels.expanders[:] = [comments]
    call_command("worker", interval=INTERVAL_S)


def main():
    for line in sys.stdin:
        if not (child := os.fork()):
            {"scene": scene, "writer": writer, "worker": worker}[line.strip()]()
            os._exit(0)
        if line.strip() == "scene":
            os.waitpid(child, 0)
        else:
            # Who is killed needs nobody to wait for it.
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        print(child, flush=True)


main()
