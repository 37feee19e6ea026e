"""How real a month looks: each yardstick with its value, what real support has, and its goal.

Real figures: 6,652 typed dialogues between customers and agents, 600 dated openings, 300 answers
on the social web. Rows without a real figure are marked as assumed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from trialsim.simulation.figures import wordings
from trialsim.simulation.figures.arrivals import WEEKDAYS, WEEKEND
from trialsim.simulation.figures.month_sample import MonthSample
from trialsim.simulation.figures.month_talks import Talked
from trialsim.simulation.planned import AREA_SHARES, CohortPlan
from trialsim.simulation.types import Rules
from trialsim.simulation.voice import words_of

ANNOYED_BELOW = -0.7
_MOST_TOPICS = 24
_BLEU_TEXTS = 200
_FEW = 30
_FULL_WEEK = 20


@dataclass(frozen=True, slots=True)
class Yardstick:
    """One row: the value, what real support has, and the range it should lie in.

    `met` is None where there was too little to count. `worst` names topics that are off.
    """

    name: str
    value: float
    real: str
    low: float
    high: float
    met: bool | None
    worst: tuple[str, ...] = ()


def _row(
    name: str, value: float, real: str, span: tuple[float, float], worst: Sequence[str] = ()
) -> Yardstick:
    met = span[0] <= value <= span[1]
    return Yardstick(name, round(value, 4), real, *span, met, () if met else tuple(worst))


def realism(
    sample: MonthSample, plan: CohortPlan, talks: Sequence[Talked], good: Sequence[Talked]
) -> tuple[Yardstick, ...]:
    """Return every row.

    Args:
        sample: The month's tickets.
        plan: A cohort's month out of the same pack, for what one candidate meets in a week; best
            without an incident, whose tickets are all about one thing.
        talks: Dialogues of the middling agent on a part of them.
        good: Dialogues of the good agent on some.
    """
    single = [one for one in talks if one.matters == 1]
    chats = [one for one in talks if one.channel == "chat"]
    return (
        *_arriving(sample),
        _row(
            "topic mix of a candidate's full weeks, mean",
            _weeks_apart(sample, plan),
            "0",
            (0, 0.12),
        ),
        *_openings(sample),
        *_variety(sample),
        *_chatting(chats),
        *_surface(chats),
        *_ending(talks, single, good),
    )


# --- when and what ---------------------------------------------------------------------------


def _arriving(sample: MonthSample) -> Iterator[Yardstick]:
    consumer, business = sample.weekdays[False], sample.weekdays[True]
    off = max(
        abs(consumer[day] / max(1, consumer.total()) - share) for day, share in enumerate(WEEKDAYS)
    )
    yield _row("weekday share, consumer areas: farthest from real", off, "0", (0, 0.03))
    per_day = [business[day] / share for day, share in enumerate(WEEKDAYS)]
    weekend = fmean(per_day[day] for day in WEEKEND) / max(1e-9, fmean(per_day[:5]))
    yield _row("weekend, business areas: share of a weekday", weekend, "assumed", (0.4, 0.6))
    hours = [sample.hours[hour] / max(1, sample.tickets) for hour in range(24)]
    smooth = [fmean(hours[(hour + step) % 24] for step in (-1, 0, 1)) for hour in range(24)]
    yield _row("hour of day, peak to trough", max(smooth) / max(1e-9, min(smooth)), "5.4", (3, 6))
    yield _row("tickets from 12 to 22 h UTC", sum(hours[12:22]), ".54", (0.46, 0.62))
    yield _row(
        "topic mix, total variation from what is wanted", _apart(sample.areas), "0", (0, 0.05)
    )


def _apart(areas: Counter[str]) -> float:
    """Return the total variation distance of counts from the wanted shares of areas."""
    total = max(1, areas.total())
    return 0.5 * sum(abs(areas[area] / total - share) for area, share in AREA_SHARES.items())


def _weeks_apart(sample: MonthSample, plan: CohortPlan) -> float:
    """Return the mean distance over weeks of twenty tickets and more; the first one is training."""
    weeks: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for one in plan.candidates:
        for ticket in one.tickets:
            if not ticket.practice:
                area = sample.pack.scenarios[ticket.scenario].area
                weeks[one.candidate, ticket.week][area] += 1
    full = [areas for areas in weeks.values() if areas.total() >= _FULL_WEEK]
    return fmean(map(_apart, full)) if full else 0.0


# --- first messages --------------------------------------------------------------------------


def _openings(sample: MonthSample) -> Iterator[Yardstick]:
    chat = [len(words) for words in sample.openings["chat"]]
    email = [len(words) for words in sample.openings["email"]]
    yield _row("opening words, chat, median", wordings.percentile(chat, 0.5), "13", (11, 20))
    yield _row("opening words, chat, p90", wordings.percentile(chat, 0.9), "24", (20, 36))
    yield _row("opening words, email, p10", wordings.percentile(email, 0.1), "assumed", (40, 120))
    yield _row("opening words, email, p90", wordings.percentile(email, 0.9), "assumed", (40, 120))


def _variety(sample: MonthSample) -> Iterator[Yardstick]:
    topics = dict(sorted(sample.topics.items(), key=lambda item: (-len(item[1]), item[0])))
    topics = dict(list(topics.items())[:_MOST_TOPICS])
    for name, real, most, count in (
        ("same openings within a topic", "0-.11", 0.05, wordings.repeated_share),
        ("openings alike within a topic", "0-.28", 0.15, wordings.near_share),
        ("self-BLEU-4 within a topic", ".67-.74", 0.75, wordings.self_bleu),
    ):
        values = {topic: count(texts) for topic, texts in topics.items()}
        yield _row(name, _mean(values), real, (0, most), _off(values, most))
    across = wordings.self_bleu(sample.mixed[:_BLEU_TEXTS])
    yield _row("self-BLEU-4 across topics", across, ".62", (0, 0.66))
    mixed = wordings.distinct(sample.mixed, 2, 5000)
    yield _row("distinct-2 of openings, 5,000 words", mixed, ".33-.41", (0.40, 1))
    values = {topic: wordings.distinct(texts, 2, 1500) for topic, texts in topics.items()}
    poor = _off({topic: -value for topic, value in values.items()}, -0.37)
    yield _row("distinct-2 within a topic, 1,500 words", _mean(values), ".37-.41", (0.37, 1), poor)


def _mean(values: Mapping[str, float]) -> float:
    return fmean(values.values()) if values else 0.0


def _off(values: Mapping[str, float], most: float) -> list[str]:
    """Return the topics above a limit, the farthest first."""
    ranked = sorted(values, key=lambda topic: (-values[topic], topic))
    return [topic for topic in ranked if values[topic] > most]


# --- chats -----------------------------------------------------------------------------------


def _chatting(chats: Sequence[Talked]) -> Iterator[Yardstick]:
    single = [one.messages for one in chats if one.matters == 1]
    double = [one.messages for one in chats if one.matters > 1]
    both = [*single, *double]
    yield _row("messages a chat, median", wordings.percentile(both, 0.5), "14-16", (10, 18))
    yield _row("messages a chat, p90", wordings.percentile(both, 0.9), "18-36", (18, 36))
    ratio = wordings.percentile(double, 0.5) / max(1, wordings.percentile(single, 0.5))
    yield _row("messages, two matters to one", ratio, "1.9-2.1", (1.6, 2.2))
    said = [words_of(text) for one in _english(chats) for text in one.said]
    lengths = [len(words) for words in said]
    yield _row("customer words a chat message, median", _at(lengths, 0.5), "7", (5, 10))
    yield _row("customer words a chat message, p90", _at(lengths, 0.9), "18", (14, 24))
    for run, real, least in ((1, ".18", 0.15), (2, ".60", 0.52), (3, ".83", 0.75)):
        value = wordings.distinct(said, run, 5000)
        yield _row(f"distinct-{run} of chat customers, 5,000 words", value, real, (least, 1))
    delays = [seconds for one in chats for seconds in one.delays]
    distance = wordings.lognormal_distance(delays, *Rules().chat_delay)
    yield _row("answer delay in chat, distance from real", distance, "0", (0, 0.10))


def _at(values: Sequence[float], share: float) -> float:
    return wordings.percentile(values, share)


def _english(chats: Sequence[Talked]) -> list[Talked]:
    return [one for one in chats if one.language == "en"]


def _surface(chats: Sequence[Talked]) -> Iterator[Yardstick]:
    said = [text for one in _english(chats) for text in one.said]
    for name, real, count in (
        ("chat messages with thanks", 0.13, wordings.thanks),
        ("chat messages with a question mark", 0.12, _asks),
        ("chat messages that start small", 0.10, wordings.starts_lower),
        ("chat messages without an end mark", 0.48, wordings.lacks_end_mark),
    ):
        value = fmean(count(text) for text in said) if said else 0.0
        yield _row(name, value, f"{real:.2f}", (max(0.0, real - 0.08), real + 0.08))


def _asks(text: str) -> bool:
    return "?" in text


# --- ends ------------------------------------------------------------------------------------


def _ending(
    talks: Sequence[Talked], single: Sequence[Talked], good: Sequence[Talked]
) -> Iterator[Yardstick]:
    able = [one for one in talks if one.can_change]
    yield _share(
        "annoyed at the end", [one.mood < ANNOYED_BELOW for one in talks], ".04", 0.04, 0.12
    )
    yield _share(
        "change their mind, where they can", [one.changed for one in able], ".27", 0.10, 0.25
    )
    yield _share("give up", [one.gave_up for one in talks], ".13", 0.05, 0.15)
    yield _share("solved by the middling agent", [one.solved for one in talks], ".72", 0.60, 0.85)
    yield _share("solved by the good agent", [one.solved for one in good], "assumed", 0.90, 1)
    yield _share(
        "write again after a close", [one.reopened for one in talks], "assumed", 0.03, 0.10
    )
    answered = [bool(one.answered) for one in single]
    yield _share("send a rating", answered, "assumed", 0.30, 0.50)


def _share(name: str, seen: Sequence[bool], real: str, low: float, high: float) -> Yardstick:
    """Return the row of a share; too few cases are no verdict."""
    if len(seen) < _FEW:
        return Yardstick(name, round(fmean(seen), 4) if seen else 0.0, real, low, high, None)
    return _row(name, fmean(seen), real, (low, high))
