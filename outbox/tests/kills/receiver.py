"""A real receiver, which notes what arrived when, and refuses some of it."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REFUSES_EACH = 13


class Receiver(ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.received, self.refused, self.requests = [], set(), 0
        """(source of the event, id of the delivery, seconds since the event); ids; how many"""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        delivery = self.headers["X-BQS-Delivery"]
        self.server.requests += 1
        if self.server.requests % REFUSES_EACH == 0:
            self.server.refused.add(delivery)
            return self.send_error(503)
        self.server.received.append((told["source"], delivery, time.time() - told["at"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def receiver():
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
