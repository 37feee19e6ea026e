"""Forms of one scenario to play on: drawn customers, their openings and records, round by round."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trialsim.kit import streams
from trialsim.simulation.briefs import Brief
from trialsim.simulation.decks import order_of
from trialsim.simulation.drafts import Draft, draft_ticket, forms_of
from trialsim.simulation.matching import Records
from trialsim.simulation.personas import draw_customer
from trialsim.simulation.planned import FLAG_SHARES, Want
from trialsim.simulation.types import TONES, Form, Pack, Scenario

OPENED_ON = "2026-03-02"  # a Monday; only differences of days enter any figure
_SEED_BITS = 62


@dataclass(frozen=True, slots=True)
class Stage:
    """One form with its first message; `template` is the symptom line it opens with.

    Every round takes each symptom line once. `turn` numbers the rounds: what an agent does by
    chance is named by it, so that forms of one round differ by the form alone.
    """

    form: Form
    records: Records
    draft: Draft
    template: int
    turn: int


def stages(
    pack: Pack, scenario: Scenario, seed: streams.Name, count: int, language: str = ""
) -> Iterator[Stage]:
    """Yield forms 0 to count - 1; customers, flags and channels come as a month brings them."""
    language = language or scenario.languages[0]
    lines = len(scenario.text(language).opening.symptom)
    for place in range(count):
        turn, within = divmod(place, lines)
        brief = _brief(scenario, seed, place, language)
        want = wanted(pack, scenario, brief, streams.unit(seed, scenario.id, place, "plan"))
        profile = draw_customer(pack, seed, place, want, on=brief.on)
        draft = draft_ticket(pack, profile, brief)
        form = forms_of(
            pack,
            brief,
            draft,
            seed=f"{seed}/{place}",
            key=scenario.id,
            will_change=False,
        )[0]
        yield Stage(
            form=form,
            records=profile.customer.records,
            draft=draft,
            template=order_of(lines, seed, scenario.id, "symptom", turn)[within],
            turn=turn,
        )


def _brief(scenario: Scenario, seed: streams.Name, place: int, language: str) -> Brief:
    names: tuple[streams.Name, ...] = (scenario.id, place)
    channels = sorted(scenario.channels)
    draw = streams.stream(seed, *names, "channel")
    laid_on = tuple(
        flag
        for flag in ("angry", "non_native")
        if streams.unit(seed, *names, flag) < FLAG_SHARES[flag]
    )
    return Brief(
        scenario=scenario.id,
        channel=draw.choices(channels, [scenario.channels[one] for one in channels])[0],
        form=place,
        deal=seed,
        seed=streams.digest(seed, *names, "form") % (1 << _SEED_BITS),
        on=OPENED_ON,
        language=language,
        flags=(*scenario.flags, *laid_on),
    )


def wanted(pack: Pack, scenario: Scenario, brief: Brief, drawn: float) -> Want:
    """Return the customer a scenario asks for: a plan of its channel, within its limits.

    `drawn`, 0 to 1, chooses among the plans that fit.
    """
    limits = scenario.persona
    allowed = limits.plans or tuple(pack.tiers)
    coming = tuple(plan for plan in allowed if pack.tiers.get(plan) == brief.channel) or allowed
    want = Want(
        plan=coming[int(drawn * len(coming))],
        language=brief.language,
        non_native="non_native" in brief.flags,
        tones=limits.tones if set(limits.tones) < set(TONES) else (),
    )
    return replace(want, skill=limits.skill, patience=limits.patience)
