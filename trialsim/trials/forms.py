"""What the pages of a trial send."""

from pydantic import BaseModel

from trialsim.trials.models import WorkKind


class ClockForm(BaseModel):
    """Clocking in: for which kind of work, and the page to go back to."""

    kind: WorkKind
    next: str = ""
