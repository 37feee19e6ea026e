"""How reviews are given out in a cohort: the designs that a study compares."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Design:
    """Size of a cohort, and who reviews whom.

    `own_share` of the reviews are by a candidate's own mentor, the rest by anybody; `second_share`
    are scored twice. `skew` gives abler candidates harder tickets. `camps` splits reviewers
    and candidates into groups that never meet. `alike` plants candidates of equal skill.
    """

    candidates: int = 20
    raters: int = 6
    scenarios: int = 60
    per_week: int = 10
    own_share: float = 0.0
    second_share: float = 0.10
    skew: float = 0.0
    camps: int = 1
    alike: bool = False


DESIGNS: Mapping[str, Design] = {
    "random": Design(),
    "half/half": Design(own_share=0.5),
    "own + 10 %": Design(own_share=1.0),
    "own only": Design(own_share=1.0, second_share=0.0),
    "skewed queues": Design(skew=1.0),
    "disjoint raters": Design(camps=2),
    "equal candidates": Design(own_share=0.5, alike=True),
}
"""The designs of `trialsim study`. "Own only" keeps each mentor to their own candidates."""
