"""What a customer remembers of their last ticket when they write again: facts of its case alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trialsim.kit.streams import Name, pick
from trialsim.simulation import promises
from trialsim.simulation.types import CaseState, Pack, Persona, Phase, Reason, Rules
from trialsim.simulation.voice import alternated, filled, phrase_lines, spoken

_USUAL = Rules()
_DONE = (Phase.SOLVED, Phase.ESCALATED)
_REFUSING = ("refusal", "refund_outside_policy")


@dataclass(frozen=True, slots=True)
class Memory:
    """A reason with its effect on the mood, and the phrase that says so; `promised` is a quote."""

    reason: Reason
    phrase: str
    promised: str = ""


def remembered(
    states: Sequence[CaseState],
    flags: Sequence[str],
    *,
    solved: bool,
    on: str,
    rules: Rules = _USUAL,
) -> Memory | None:
    """Return what stays of the last ticket, as seen on an ISO day; None when it was as any other.

    Args:
        states: How its matters stand.
        flags: Its flags: a no that was told kindly is remembered well.
        solved: Whether it is solved by its outcome.
        on: The candidate's own day on which the next ticket opens.
        rules: The engine's constants.
    """
    main = states[0]
    promise = None if solved else promises.broken(main, on)
    if promise is not None:
        text = f"nothing came by {promise.by} though it was promised"
        reason = Reason("remembers_promise", text, rules.remembered_bad, promise.words)
        return Memory(reason, "memory_bad", promise.words)
    if any(state.wrong_merges for state in states):
        text = "the last question was put together with another one"
        return Memory(Reason("remembers_merge", text, rules.remembered_bad), "memory_closed")
    if not solved and any(_was_closed_on(state) for state in states):
        text = "the last question was closed before it was solved"
        return Memory(Reason("remembers_close", text, rules.remembered_bad), "memory_closed")
    if any(flag in _REFUSING for flag in flags) and _was_kind(states):
        text = "got a kind no the last time"
        return Memory(Reason("remembers_kindness", text, rules.remembered_good), "memory_good")
    return None


def _was_closed_on(state: CaseState) -> bool:
    return state.closed_by == "candidate"


def _was_kind(states: Sequence[CaseState]) -> bool:
    return all(
        state.phase in _DONE
        and state.empathy
        and not (state.traps or state.broken or state.forbidden or state.reopened)
        for state in states
    )


def said(
    memory: Memory, pack: Pack, persona: Persona, language: str, *, seed: Name, key: Name
) -> str:
    """Return how the customer says it; nothing in a pack or language without lines for it."""
    lines = phrase_lines(pack, language, memory.phrase, persona.tone)
    if not lines:
        return ""
    line = pick(lines, seed, key, "memory", "words")
    line = alternated(line, seed, key, "memory", "words")
    words = {"promised": memory.promised, "name": persona.first_name}
    text = filled(f". {line}", words)[2:]
    return spoken(text, persona, key, "memory", seed=seed, keep=(memory.promised,))


def weighed(state: CaseState, memory: Memory) -> CaseState:
    """Return a new ticket's state with what is remembered in its mood."""
    return replace(state, mood=round(max(-1.5, min(1.0, state.mood + memory.reason.mood)), 4))
