"""Talking to one simulated customer, outside any trial: for authors of scenarios.

The same pack, scenario, seed and replies give the same conversation on any day.
"""

import shlex
from dataclasses import dataclass, replace

from trialsim.kit import streams
from trialsim.kit.errors import Invalid
from trialsim.simulation import customer, desk, outcome, world
from trialsim.simulation.briefs import Brief
from trialsim.simulation.drafts import Draft, draft_ticket, forms_of
from trialsim.simulation.matching import Records
from trialsim.simulation.personas import Profile, draw_customer
from trialsim.simulation.planned import Want
from trialsim.simulation.types import (
    ActionBarred,
    CaseState,
    Decision,
    Field,
    FieldType,
    Form,
    Handover,
    OutcomeTrace,
    Pack,
    Phase,
    Reply,
    Scenario,
    Value,
)

OPENED_ON = "2026-01-05"
WAITED_HOURS = 0.5
OVER = (Phase.SOLVED, Phase.GIVEN_UP, Phase.ESCALATED, Phase.CLOSED)
_ESCALATE = "escalate"
_CHANGE_SHARE = 0.18


@dataclass(slots=True)
class Rehearsal:
    """One conversation: who writes, and where it stands."""

    profile: Profile
    draft: Draft
    form: Form
    case: CaseState
    records: Records

    @property
    def is_over(self) -> bool:
        """Whether the customer has nothing more to say."""
        return self.case.phase in OVER

    def reply(self, text: str) -> Decision:
        """Send a reply half an hour later; the customer's turn, if any, arrives at once."""
        decision = customer.receive(self.form, self.case, self.records, Reply(text, WAITED_HOURS))
        self.case = decision.case
        if decision.turn is not None:
            self.case, self.records = customer.arrive(
                self.form, self.case, self.records, decision.turn
            )
        return decision

    def act(self, command: str) -> str:
        """Do a desk action such as `refund payment reason="charged twice"`; return what it tells.

        Escalate with `escalate TEAM a note for them`. What the desk bars is told as well.
        """
        try:
            words = shlex.split(command)
        except ValueError:
            return "This line has an open quote."
        if not words:
            return self.offers()
        try:
            result = self._escalated(words) if words[0] == _ESCALATE else self._acted(words)
        except ActionBarred as error:
            return str(error)
        self.case, self.records = result.case, result.records
        return result.tells

    def offers(self) -> str:
        """Return the desk actions at hand, one a line."""
        names = {record: name for name, record in self.case.names.items()}
        lines = [
            " ".join(
                (
                    offer.action.id,
                    names.get(offer.record, offer.record),
                    *(f"{name}=…" for name in offer.action.params),
                    *([f"({offer.barred})"] if offer.barred else []),
                )
            )
            for offer in desk.offers(self.form, self.records)
        ]
        return "\n".join(
            (*lines, f"{_ESCALATE} TEAM NOTE (teams: {', '.join(self.form.pack.teams)})")
        )

    def outcome(self) -> OutcomeTrace:
        """Return what the work was worth by now."""
        return outcome.outcome(self.form, self.case, self.records)

    def _acted(self, words: list[str]) -> desk.ActResult:
        action = self.form.pack.actions.get(words[0])
        if action is None:
            raise ActionBarred(f"There is no action called {words[0]}.")
        named = [word for word in words[1:] if "=" not in word]
        name = named[0] if named else action.on
        given = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        params = {
            field.name: _value(field, given[field.name])
            for field in action.params.values()
            if field.name in given
        }
        record = self.case.names.get(name, name)
        act = desk.Act(action.id, record, params, OPENED_ON)
        return desk.act(self.form, self.case, self.records, act)

    def _escalated(self, words: list[str]) -> desk.ActResult:
        team, note = (words[1] if len(words) > 1 else ""), " ".join(words[2:])
        handover = Handover(team, "", note, OPENED_ON, right=False)
        return desk.escalate(self.form, self.case, self.records, handover)


def rehearse(pack: Pack, scenario_id: str, seed: int, language: str = "") -> Rehearsal:
    """Open a ticket of a scenario with a drawn customer.

    Raises:
        Invalid: for a scenario or language that the pack does not have.
    """
    scenario = pack.scenarios.get(scenario_id)
    if scenario is None:
        raise Invalid(f"{pack.name} has no scenario called {scenario_id}.")
    language = language or scenario.languages[0]
    if language not in scenario.languages:
        raise Invalid(f"{scenario_id} has no texts in {language!r}.")
    channel = max(sorted(scenario.channels), key=lambda one: scenario.channels[one])
    profile = draw_customer(pack, seed, 0, _want(pack, scenario, channel, language), on=OPENED_ON)
    brief = Brief(
        scenario=scenario_id,
        channel=channel,
        form=0,
        deal=seed,
        seed=streams.digest(seed, "rehearsal") % (1 << 62),
        on=OPENED_ON,
        language=language,
    )
    draft = draft_ticket(pack, profile, brief)
    will_change = scenario.change is not None and streams.unit(seed, "change") < _CHANGE_SHARE
    form = forms_of(pack, brief, draft, seed=seed, key="t001", will_change=will_change)[0]
    case, records = world.open_case(form, profile.customer.records)
    return Rehearsal(profile, draft, form, case, records)


def split_replies(text: str) -> tuple[str, ...]:
    """Return the replies of a file, which are parted by lines of `---`; empty ones are dropped."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip() == "---":
            parts.append([])
        else:
            parts[-1].append(line)
    return tuple(reply for part in parts if (reply := "\n".join(part).strip()))


def split_actions(reply: str) -> tuple[tuple[str, ...], str]:
    """Return the desk actions a reply begins with (lines with a leading `!`), and its text."""
    lines = reply.splitlines()
    count = next((at for at, line in enumerate(lines) if not line.startswith("!")), len(lines))
    actions = tuple(line.removeprefix("!").strip() for line in lines[:count])
    return actions, "\n".join(lines[count:]).strip()


def _want(pack: Pack, scenario: Scenario, channel: str, language: str) -> Want:
    limits = scenario.persona
    plans = limits.plans or tuple(pack.tiers)
    plan = next((one for one in plans if pack.tiers.get(one) == channel), plans[0])
    want = Want(plan=plan, language=language, tones=limits.tones)
    return replace(want, skill=limits.skill, patience=limits.patience)


def _value(field: Field, text: str) -> Value:
    if field.type in (FieldType.NUMBER, FieldType.MONEY):
        return int(text) if text.lstrip("-").isdigit() else text
    if field.type is FieldType.BOOL:
        return text in ("yes", "true")
    return text
