"""Run the simulator's process, from its arguments to its end."""

import gc
import os
import signal
import ssl
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from sync.simulator.drift import drift_for_ever
from sync.simulator.rows import made_up
from sync.simulator.server import Server
from sync.simulator.simulator import Simulator
from sync.simulator.store import Store


def start(
    options: Namespace, *, prepare: Callable[[Simulator], object] = lambda simulator: None
) -> None:
    """Serve until Ctrl-C, SIGTERM, or the end of stdin."""
    # Also for Ctrl-C: a process started in the background would ignore it otherwise.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        _serve(options, prepare)


def _serve(options: Namespace, prepare: Callable[[Simulator], object]) -> None:
    # Rows live as long as the process: collecting garbage among them is time lost.
    gc.disable()
    store = Store(made_up(options.rows))
    gc.freeze()
    gc.enable()
    with _listening(options.port, options.certificate) as server:
        simulator = Simulator(store, (options.username, options.password))
        prepare(simulator)
        if options.drift:
            drift_for_ever(store, simulator.clock, every_s=options.drift)
        if options.until_stdin_closes:
            Thread(target=_end_with_stdin, daemon=True).start()
        count = f"{len(store)} opportunities, user {options.username}"
        print(f"Oracle simulator: {server.url} ({count})", flush=True)
        server.answer = simulator.answer
        server.serve_forever()


def _listening(port: int, certificate: Path | None) -> Server:
    try:
        return Server(port, certificate)
    except ssl.SSLError:
        sys.exit(f"{certificate} holds no key with its certificate in PEM form.")
    except OSError as error:
        sys.exit(f"Cannot listen on 127.0.0.1:{port}: {error.strerror}. Try --port 0.")
    except OverflowError:
        sys.exit(f"There is no port {port}: give 0 to 65535.")


def _end_with_stdin() -> None:
    # Not through sys.stdin: a process that a signal ends would find its lock taken, and abort.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    # The main thread waits in a system call; there is nothing to tidy up.
    os._exit(0)
