"""Small planted cohorts for tests, drawn as `trialsim study` draws its larger ones."""

from dataclasses import replace

from trialsim.measurement.study.designs import Design
from trialsim.measurement.study.planted_reviews import PlantedReviews, plant_reviews
from trialsim.measurement.study.planted_tickets import Load, PlantedTickets, plant_tickets
from trialsim.measurement.types import ReviewRow, TicketRow

COHORT = Design(candidates=12, raters=5, scenarios=40, own_share=0.5, second_share=0.0)
SKEWED = replace(COHORT, skew=1.0)
LOAD = Load()


def planted_reviews(seed: int, design: Design = COHORT) -> PlantedReviews:
    """Return a cohort of twelve with its truth."""
    return plant_reviews(seed, design)


def reviews(seed: int, design: Design = COHORT) -> list[ReviewRow]:
    """Return a cohort's reviews alone."""
    return list(plant_reviews(seed, design).rows)


def planted_tickets(seed: int, load: Load = LOAD) -> PlantedTickets:
    """Return a cohort of twelve with its true curves."""
    return plant_tickets(seed, load)


def tickets(seed: int, load: Load = LOAD) -> list[TicketRow]:
    """Return a cohort's tickets alone."""
    return list(plant_tickets(seed, load).rows)
