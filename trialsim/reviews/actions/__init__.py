"""Everything that changes reviews: drawing, scoring, skipping, releasing, reading."""

from trialsim.reviews.actions.draw import draw_week, pick
from trialsim.reviews.actions.reading import acknowledge
from trialsim.reviews.actions.release import release_due
from trialsim.reviews.actions.scorecard import keep_draft, save_draft, submit
from trialsim.reviews.actions.skipping import skip

__all__ = [
    "acknowledge",
    "draw_week",
    "keep_draft",
    "pick",
    "release_due",
    "save_draft",
    "skip",
    "submit",
]
