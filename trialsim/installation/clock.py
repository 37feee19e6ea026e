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
    if not inspect(engine).has_table(str(Demo.__tablename__)):
        return SystemClock()
    with Session(engine) as session:
        row = demo(session)
        return MovableClock(row.clock_at, running=True) if row else SystemClock()


def keep_demo_time(engine: Engine, now: datetime) -> None:
    """Write down where a demo's clock stands; it never goes back."""
    with write_session(engine) as session:
        row = demo(session)
        if row is not None and row.clock_at < now:
            row.clock_at = now
