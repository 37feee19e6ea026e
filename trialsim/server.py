"""The server that comes along: waitress, and a thread that lets things happen in between."""

import contextlib
import errno
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from threading import Event, Thread

import waitress
from sqlalchemy import Engine

from trialsim.app import create_app
from trialsim.config import Settings
from trialsim.installation.clock import clock_for
from trialsim.kit.clock import Clock
from trialsim.kit.errors import DomainError
from trialsim.web.uploads import UPLOAD_BYTES
from trialsim.wording.client import Endpoint, endpoint_of
from trialsim.workflows.tick import tick
from trialsim.workflows.wording import reword_coming

log = logging.getLogger(__name__)

THREADS = 16
CONNECTIONS = 1000  # waitress's own limit of 100 would starve the 101st person in silence
TICK_SECONDS = 20
WORDING_SECONDS = 3


class PortTaken(DomainError):  # noqa: N818 (reads as what happened)
    """Somebody else listens there."""


def listen(host: str, port: int) -> socket.socket:
    """Take a port, before anything else is done.

    Raises:
        PortTaken: when it is in use, or not ours to use.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    place = socket.socket(family, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
    except OSError as error:
        place.close()
        raise PortTaken(_why_not(host, port, error)) from error
    return place


def serve(
    settings: Settings, engine: Engine, place: socket.socket, *, ready: Callable[[], None]
) -> None:
    """Serve until told to stop, finishing the requests at hand; calls `ready` once it listens."""
    clock = clock_for(engine)
    endpoint_of(settings)  # what cannot be used is told before anybody waits
    app = create_app(settings, engine=engine, clock=clock)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    server = waitress.create_server(
        app,
        sockets=[place],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,  # select() ends at file number 1024
        max_request_body_size=max(settings.body_bytes, UPLOAD_BYTES),
        clear_untrusted_proxy_headers=True,
        ident="",
    )
    signal.signal(signal.SIGTERM, _stop)
    ready()
    with _ticking(engine, settings, clock):
        server.run()
    engine.dispose()


def loop(engine: Engine, settings: Settings, clock: Clock, stopped: Event) -> None:
    """Tick every twenty seconds until stopped; a failure is logged and the next one comes."""
    while not stopped.is_set():
        try:
            tick(engine, settings, clock.now())
        except Exception:  # a database that is away for a while must not end the loop
            log.exception("tick failed")
        stopped.wait(TICK_SECONDS)


def word(engine: Engine, endpoint: Endpoint, clock: Clock, stopped: Event) -> None:
    """Look every three seconds for messages that may get other words, until stopped."""
    while not stopped.wait(WORDING_SECONDS):
        try:
            reword_coming(engine, endpoint.reword, clock.now())
        except Exception:  # the engine's words are good enough
            log.exception("wording failed")


@contextlib.contextmanager
def _ticking(engine: Engine, settings: Settings, clock: Clock) -> Iterator[None]:
    stopped = Event()
    endpoint = endpoint_of(settings)
    ticks = settings.with_changes(llm_url="")  # a slow model holds up no tick
    threads = [Thread(target=loop, args=(engine, ticks, clock, stopped), daemon=True)]
    if endpoint is not None:
        threads.append(Thread(target=word, args=(engine, endpoint, clock, stopped), daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in threads:
            thread.join(timeout=5)


def _stop(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken. Please stop what uses it, "
            "or choose another one with --port or PORT."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights you do not have. Please choose one above 1023."
    return f"Cannot listen on {host}, port {port}: {error.strerror or error}."
