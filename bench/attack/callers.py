"""Callers that ask for the dearest that is answered, as soon as they are answered; prints JSON.

A process of its own, so that what it does is not counted as the server's.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from urllib.parse import quote, urlencode

from bench.api.readers import status_of

LETTERS = "aeiourstnl"
LIST, DASHBOARD = "/api/opportunities", "/api/dashboard"


def _either(groups: int, words: int) -> str:
    """Groups of words that are in nearly every row, none of which another group has alike."""
    texts = ("+".join(LETTERS[n:] + LETTERS[:n])[: 2 * words - 1] for n in range(groups))
    return "&".join(f"either={quote(f'search={text}')}" for text in texts)


ATTACKS = {
    "dashboard of ten groups of ten words": f"{DASHBOARD}?{_either(10, 10)}",
    "dashboard of ten groups of a word": f"{DASHBOARD}?{_either(10, 1)}",
    "dashboard of ten words": f"{DASHBOARD}?{urlencode({'search': ' '.join(LETTERS)})}",
    "list by score of ten groups of a word": f"{LIST}?ordering=-score&group=stage&{_either(10, 1)}",
    "Excel file of everything": f"{LIST}/export.xlsx",
}


def main(host: str, token: str, callers: int, attack: str) -> None:
    """Until stdin is closed; the last calls are waited for."""
    is_over = Event()
    with ThreadPoolExecutor(callers) as pool:
        calling = [pool.submit(_call, host, token, attack, is_over) for _ in range(callers)]
        sys.stdin.read()
        is_over.set()
    print(json.dumps(sum((each.result() for each in calling), Counter())))


def _call(host: str, token: str, attack: str, is_over: Event) -> Counter[str]:
    """How often which status was answered."""
    answered: Counter[str] = Counter()
    while not is_over.is_set():
        try:
            answered[str(status_of(host, ATTACKS[attack], token))] += 1
        except OSError as error:
            answered[type(error).__name__] += 1
    return answered


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
