"""Faults on the way from the answer to the reader."""

from functools import partial

from sync.oracle.simulator.faults.table import Stage, fault
from sync.oracle.simulator.messages import Reply

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
