"""The wire: all pages over four connections, and nothing made of them."""

from concurrent.futures import ThreadPoolExecutor

from bench.floor import http, page_at, url_at
from bench.question import CONNECTIONS, PAGE_SIZE


def read_all() -> None:
    total = page_at(0, totalResults="true")["totalResults"]
    with ThreadPoolExecutor(CONNECTIONS) as connections:
        for _ in connections.map(_read, range(PAGE_SIZE, total, PAGE_SIZE)):
            pass


def _read(offset: int) -> None:
    http.request("GET", url_at(offset))


if __name__ == "__main__":
    read_all()
