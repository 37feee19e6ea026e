"""What a ghost writes to colleagues: questions, daily updates, hand-over notes."""

from collections.abc import Sequence

from trialsim.kit import streams
from trialsim.simulation.ghosts import Ghost, Quality

_ASKS_WHEN_LOST, _ASKS_WHEN_SURE = 0.45, 0.06
_QUESTIONS = (
    "On {subject}: I have two causes in mind and cannot tell them apart. Which record settles it?",
    "{subject}: is the policy meant to cover this case? I would rather ask than promise.",
    "Before I act on {subject}: is there a step I am missing? I looked in the articles first.",
    "{subject}: the customer wants more than I may give. How do you say no kindly here?",
    "I got stuck on {subject} for ten minutes. May I hand it on, and with which facts?",
)
_FULL_UPDATES = (
    "Day {day}: {solved} solved, {open} open. {subject} took longer; I read up on it tomorrow.",
    "{solved} solved, {open} wait for an answer. Learnt: records first, then ask. Left: {subject}.",
    "Day {day}, solved {solved}, open {open}. Next time I would do {subject} the other way round.",
)
_SHORT_UPDATES = ("{solved} solved, {open} open.", "Done for today.", "All fine.")
_FULL_ITEM = "{subject}: told the customer what comes next; if they answer, {next_step}."
_KNOWN_ITEM = "{subject}: what is known is “{said}”; if they answer, {next_step}."
_NEXT_STEPS = (
    "check the record again and close",
    "the point to settle is whether it works now",
    "ask for the date before anything else",
)


def asks_mentor(ghost: Ghost, quality: Quality, seed: streams.Name, *names: streams.Name) -> bool:
    """Draw whether a ghost asks before it replies: more often when lost, seldom a silent one."""
    often = _ASKS_WHEN_SURE if quality is Quality.RIGHT else _ASKS_WHEN_LOST
    return streams.unit(seed, "asks", *names) < often * ghost.communication


def question(subject: str, seed: streams.Name, *names: streams.Name) -> str:
    """Return a question to a mentor about a ticket."""
    return streams.pick(_QUESTIONS, seed, "question", *names).format(subject=_quoted(subject))


def daily_update(
    ghost: Ghost, *, day: int, solved: int, open_subjects: Sequence[str], seed: streams.Name
) -> str:
    """Return the day's update; empty when this ghost posts none."""
    drawn = streams.unit(seed, "update", ghost.name, day)
    if drawn >= 0.15 + 0.85 * ghost.communication:
        return ""
    lines = _FULL_UPDATES if drawn < ghost.communication * 0.8 else _SHORT_UPDATES
    subject = _quoted(open_subjects[0]) if open_subjects else "nothing in particular"
    line = streams.pick(lines, seed, "update words", ghost.name, day)
    return line.format(day=day, solved=solved, open=len(open_subjects), subject=subject)


def hand_over(
    ghost: Ghost,
    *,
    block: int,
    open_subjects: Sequence[str],
    seed: streams.Name,
    said: Sequence[str] = (),
) -> str:
    """Return the note at the end of a work block: a line per open ticket, or as little as it is.

    `said` holds what each customer wrote; a ghost that passes it on writes a note to act on.
    """
    if not open_subjects:
        return "Nothing open." if ghost.communication >= 0.3 else ""  # noqa: PLR2004 (a silent one)
    drawn = streams.unit(seed, "hand-over", ghost.name, block)
    if drawn >= 0.1 + 0.9 * ghost.communication:
        return ""
    if drawn >= 0.8 * ghost.communication:
        return f"{len(open_subjects)} open, see the queue."
    return "\n".join(
        (_KNOWN_ITEM if said else _FULL_ITEM).format(
            subject=_quoted(subject),
            said=said[place] if said else "",
            next_step=streams.pick(_NEXT_STEPS, seed, "next step", ghost.name, block, place),
        )
        for place, subject in enumerate(open_subjects)
    )


def _quoted(subject: str) -> str:
    return f"“{subject}”"
