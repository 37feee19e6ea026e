"""What a first message is written from: the bridge between the plan and the draft."""

from dataclasses import dataclass

from trialsim.kit import streams
from trialsim.simulation.planned import PlannedTicket
from trialsim.simulation.types import Slots


@dataclass(frozen=True, slots=True)
class Brief:
    """What is to be written: the scenario's form, by which channel, when.

    `deal` is the cohort's seed, shared so that no wording is dealt twice; `seed` is the ticket's
    own. `slots` are those of the original where the ticket is its twin, else None. `memory` is
    what the customer says about their last ticket, in words, where they remember it.
    """

    scenario: str
    channel: str
    form: int
    deal: streams.Name
    seed: int
    on: str
    language: str
    flags: tuple[str, ...] = ()
    joined: str = ""
    joined_form: int = 0
    slots: Slots | None = None
    memory: str = ""


def brief_of(
    ticket: PlannedTicket,
    *,
    deal: streams.Name,
    on: str,
    slots: Slots | None = None,
    memory: str = "",
) -> Brief:
    """Return the brief of a planned ticket that opens on an ISO date; a twin brings its slots."""
    return Brief(
        scenario=ticket.scenario,
        channel=ticket.channel,
        form=ticket.form,
        deal=deal,
        seed=ticket.seed,
        on=on,
        language=ticket.language,
        flags=ticket.flags,
        joined=ticket.joined,
        joined_form=ticket.joined_form,
        slots=slots,
        memory=memory,
    )
