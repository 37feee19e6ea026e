"""Which clock an installation goes by: a demo keeps its own, which rests with the server."""

from datetime import datetime

from sqlalchemy import Engine, inspect
from sqlmodel import Session

from trialsim.db import write_session
from trialsim.installation.models import Demo
from trialsim.installation.queries import demo
from trialsim.kit.clock import Clock, MovableClock, SystemClock


def clock_for(engine: Engine) -> Clock:
    """Return the system's clock, or a demo's own from where it stood."""
    row = _demo_row(engine)
    return MovableClock(row.clock_at, running=True) if row else SystemClock()


def is_demo(engine: Engine) -> bool:
    """Whether a database was filled as a demo."""
    return _demo_row(engine) is not None


def _demo_row(engine: Engine) -> Demo | None:
    if not inspect(engine).has_table(str(Demo.__tablename__)):
        return None  # a new installation, before its first migration
    with Session(engine) as session:
        return demo(session)


def keep_demo_time(engine: Engine, now: datetime) -> None:
    """Write down where a demo's clock stands; it never goes back."""
    with write_session(engine) as session:
        row = demo(session)
        if row is not None and row.clock_at < now:
            row.clock_at = now
