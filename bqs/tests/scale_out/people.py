"""People who work on deals, and send again under the same key what was not answered."""

import random
import time
from collections import Counter
from typing import Any
from uuid import uuid4

from requests import Request, RequestException, Response, Session

from bqs.tests.scale_out.hosts import Host

PATIENCE_S = 90
PAUSE_S = 0.2
# Of what is answered, so much is lost on the way: it is done, and nobody knows.
LOST = 0.1
SERVER_ERROR = 500
BID = {"sa_recommendation": "BID", "confidence": "HIGH"}


class Site:
    """What stands before the hosts: it takes any of them, and another one after a failure."""

    def __init__(self, hosts: list[Host]) -> None:
        self._hosts = hosts
        self.sent_again = 0

    def send(self, method: str, address: str, token: str, **sent: Any) -> Response:
        """Return the answer, of whichever try; what is written has one key in all of them."""
        headers = {"Authorization": f"Token {token}", "Idempotency-Key": str(uuid4())}
        # Made once: under one key the same bytes have to come.
        order = Request(method, "http://any" + address, headers=headers, **sent).prepare()
        deadline = time.monotonic() + PATIENCE_S
        with Session() as session:
            session.trust_env = False
            while time.monotonic() < deadline:
                order.url = random.choice(self._hosts).web.url + address
                try:
                    answer = session.send(order, timeout=20)
                except RequestException:
                    answer = None
                if answer is not None and _is_final(answer) and random.random() > LOST:
                    return answer
                self.sent_again += 1
                time.sleep(PAUSE_S)
        raise AssertionError(f"{method} {address}: no answer in {PATIENCE_S} s, last {answer}")


def _is_final(answer: Response) -> bool:
    if answer.status_code == 409 and answer.json()["code"] == "idempotency_key_in_work":
        return False
    return answer.status_code < SERVER_ERROR


class Team:
    """A bid manager and an SA, who take one deal after another from New to a decision."""

    def __init__(self, site: Site, desk: dict[str, str], sa: dict[str, str]) -> None:
        self._site, self._desk, self._sa = site, desk, sa
        self.done: Counter[tuple[str, str, str]] = Counter()
        """Of what was answered: (deal, action, what was said)."""
        self.files: list[tuple[str, bytes]] = []
        """(address, content)"""

    def decide(self, deal: str) -> None:
        self._act(deal, "assign", self._desk, assignee=self._sa["id"])
        text = f"Of {uuid4()}"
        self._write("POST", deal, "/comments", self._sa, json={"text": text})
        self.done[deal, "COMMENT", text] += 1
        self._attach(deal, f"Offer for {deal}".encode())
        self._answer(deal)
        self._act(deal, "submit", self._sa)
        self._act(deal, "approve", self._desk)

    def _act(self, deal: str, action: str, who: dict[str, str], **more: str) -> None:
        version = self._read(deal, "")["lock_version"]
        body = {"lock_version": version, **more}
        self._write("POST", deal, f"/actions/{action}", who, json=body)
        self.done[deal, action.upper(), ""] += 1

    def _attach(self, deal: str, content: bytes) -> None:
        file = {"file": ("offer.txt", content, "text/plain")}
        made = self._write("POST", deal, "/attachments", self._sa, files=file)
        self.done[deal, "ATTACH", ""] += 1
        self.files.append((f"/api/opportunities/{deal}/attachments/{made['id']}", content))

    def _answer(self, deal: str) -> None:
        form = self._read(deal, "/assessment-draft")
        criteria = [each for group in form["content"]["groups"] for each in group["criteria"]]
        rated = {"kind": "RATING", "rating": 4, "comment": "As they told us."}
        answers = {
            "answers": {each["code"]: rated for each in criteria},
            "knockouts": {each["code"]: {"reply": "YES"} for each in form["content"]["knockouts"]},
            "recorded": BID,
        }
        body = {"lock_version": form["lock_version"], **answers}
        self._write("PATCH", deal, "/assessment-draft", self._sa, json=body)
        self.done[deal, "START", ""] += 1

    def _read(self, deal: str, below: str) -> Any:
        address = f"/api/opportunities/{deal}{below}"
        return self._site.send("GET", address, self._sa["token"]).json()

    def _write(self, method: str, deal: str, below: str, who: dict[str, str], **sent: Any) -> Any:
        address = f"/api/opportunities/{deal}{below}"
        answer = self._site.send(method, address, who["token"], **sent)
        assert answer.ok, f"{method} {address}: {answer.status_code} {answer.text}"
        return answer.json()
