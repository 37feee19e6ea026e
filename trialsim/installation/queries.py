"""What kind of installation this is."""

from sqlmodel import Session

from trialsim.installation.models import Demo


def demo(session: Session) -> Demo | None:
    """Return the demo's row, or None in a real installation."""
    return session.get(Demo, 1)
