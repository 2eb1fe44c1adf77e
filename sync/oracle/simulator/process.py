"""The life of the simulator's process, from its arguments to its end."""

import gc
import os
import signal
import sys
from argparse import Namespace
from contextlib import suppress
from threading import Thread
from typing import NoReturn

from sync.oracle.simulator.arguments import USUAL_ROWS
from sync.oracle.simulator.drift import drift_for_ever
from sync.oracle.simulator.rows import BadDataFile, made_up, read_file
from sync.oracle.simulator.server import Server
from sync.oracle.simulator.shape import Item
from sync.oracle.simulator.simulator import Login, Simulator
from sync.oracle.simulator.store import Store


def start(options: Namespace) -> None:
    """Serve until told to end: by Ctrl-C, by SIGTERM, or by the end of stdin."""
    # Of Ctrl-C, too: what is started in the background would ignore it otherwise.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        _serve(options)


def _serve(options: Namespace) -> None:
    store = _filled_store(options)
    with _listening(options.port) as server:
        simulator = Simulator(store, Login(options.username, options.password), server.url)
        simulator.switchboard.set(options.fault)
        simulator.control.latency_s = options.latency_ms / 1000
        if options.drift:
            drift_for_ever(store, simulator.clock, every_s=options.drift, seed=options.seed)
        if options.until_stdin_closes:
            Thread(target=_end_with_stdin, daemon=True).start()
        print(_greeting(server.url, len(store), options.username), flush=True)
        server.answer = simulator.answer
        server.serve_forever()


def _greeting(url: str, count: int, username: str) -> str:
    return f"Oracle simulator: {url} ({count} opportunities, user {username})"


def _filled_store(options: Namespace) -> Store:
    # Rows live as long as the process: collecting garbage among them is time lost.
    gc.disable()
    store = Store(_rows(options))
    gc.freeze()
    gc.enable()
    return store


def _rows(options: Namespace) -> list[Item]:
    if options.data is None:
        count = USUAL_ROWS if options.rows is None else options.rows
        return list(made_up(count, seed=options.seed, base=options.base_date))
    try:
        return read_file(options.data)
    except BadDataFile as error:
        _give_up(str(error))
    except OSError as error:
        _give_up(f"Cannot read {options.data}: {error.strerror}.")


def _listening(port: int) -> Server:
    try:
        return Server(port)
    except OSError as error:
        _give_up(f"Cannot listen on 127.0.0.1:{port}: {error.strerror}. Try --port 0.")
    except OverflowError:
        _give_up(f"There is no port {port}: give 0 to 65535.")


def _give_up(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def _end_with_stdin() -> None:
    # Not through sys.stdin: a process that a signal ends would find its lock taken, and abort.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    # The main thread sits in a system call; nothing here is worth tidying up.
    os._exit(0)
