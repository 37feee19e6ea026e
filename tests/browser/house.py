"""A house to visit: the application on a port of its own, with a clock that tests move."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import waitress
from sqlalchemy import Engine
from sqlmodel import Session
from waitress import wasyncore

from trialsim.app import create_app
from trialsim.config import Settings
from trialsim.kit.clock import MovableClock
from trialsim.server import THREADS, listen
from trialsim.workflows.tick import Ticked, tick

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class House:
    """A running server and what stands behind it."""

    settings: Settings
    engine: Engine
    clock: MovableClock

    @property
    def url(self) -> str:
        """Where it is reached."""
        return self.settings.base_url

    @contextmanager
    def looked_into(self) -> Iterator[Session]:
        """Read what the pages have stored."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def later(self, **by: float) -> Ticked:
        """Move the clock by days, hours or minutes, and let happen what is due then."""
        self.clock.move(timedelta(**by))
        done = tick(self.engine, self.settings, self.clock.now())
        assert done.failed == 0
        return done


@contextmanager
def running(settings: Settings, engine: Engine, clock: MovableClock) -> Iterator[House]:
    """Serve until the end of the block."""
    with listen(HOST, 0) as place:
        settings = replace(settings, base_url=f"http://{HOST}:{place.getsockname()[1]}")
        app = create_app(settings, engine=engine, clock=clock)
        server = waitress.create_server(app, sockets=[place], threads=THREADS, ident="")
        thread = Thread(target=server.run, name="house", daemon=True)
        thread.start()
        try:
            yield House(settings, engine, clock)
        finally:
            # In the server's own thread: a socket that is closed under its loop would break it.
            server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))  # noqa: SLF001 (it has no public end)
            thread.join(timeout=10)
            server.task_dispatcher.shutdown()
            assert not thread.is_alive()


def settings_in(home: Path) -> Settings:
    """Settings with passwords that are quick to check, since a month signs in often."""
    return Settings(
        home=home,
        database_url=f"sqlite:///{home / 'trialsim.db'}",
        secret_key="only-for-tests-" * 4,
        base_url="",
        argon2_time=1,
        argon2_memory_kib=8,
        undo_seconds=0,  # customers read at once
    )
