"""Spoil the answer on its way to the reader."""

from functools import partial

from sync.simulator.messages import Reply
from sync.tests.misbehaving_oracle.faults.table import Stage, fault

delivering = partial(fault, stage=Stage.DELIVERY)


@delivering("hang", "no answer for some seconds", times=1)
def hang(reply: Reply, *, seconds: float = 120.0) -> None:
    reply.wait_s = seconds


@delivering("drip", "the answer comes a byte at a time", times=1)
def drip(reply: Reply, *, ms: float = 50.0) -> None:
    reply.byte_pause_s = ms / 1000


@delivering("cut", "the body is shorter than its Content-Length", times=1)
def cut(reply: Reply, *, share: float = 0.5) -> None:
    reply.body_share = share


@delivering("bad-json", "the body is half a JSON document", times=1)
def bad_json(reply: Reply) -> None:
    reply.body = reply.body[: len(reply.body) // 2]


@delivering("clock-ahead", "the Date header is ahead")
def clock_ahead(reply: Reply, *, seconds: float = 3600.0) -> None:
    reply.clock_ahead_s = seconds


@delivering("interim", "an interim answer (102, 103) goes before the answer", times=2)
def interim(reply: Reply, *, status: int = 103) -> None:
    reply.interim_status = status


@delivering("other-charset", "the body is not in UTF-8 (told=1: and says which)")
def other_charset(reply: Reply, *, name: str = "utf-16", told: int = 1) -> None:
    text = reply.body.decode(errors="surrogateescape")
    reply.body = text.encode(name, "surrogatepass")
    if told:
        reply.headers["Content-Type"] = f"application/json; charset={name}"
