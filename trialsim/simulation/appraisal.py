"""What a reply means to the customer: mood, points, traps, and which questions get an answer."""

import math
from dataclasses import dataclass, replace

from trialsim.simulation.goals import goal_now
from trialsim.simulation.ledger import Ledger, counted, with_count
from trialsim.simulation.matching import Records
from trialsim.simulation.reading.language import Language, is_request, language_of
from trialsim.simulation.types import CaseState, Credit, Form, Match, Reading, Reply, Rules

_LIVE = ("chat", "call")
# Two repeated questions in one reply annoy; the third adds nothing.
_REPEATS_FELT = 2


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the customer will take up in their next turn, in this order."""

    informs: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    is_too_much: bool = False


def appraise(
    form: Form,
    case: CaseState,
    records: Records,
    reading: Reading,
    reply: Reply,
    rules: Rules,
) -> tuple[Ledger, Agenda]:
    """Return the case after a reply with reasons, and what the customer takes up."""
    case = replace(case, replies=case.replies + 1, answered=True)
    ledger = Ledger(form, records, rules, case)
    _late(ledger, reply)
    _manner(ledger, reading)
    asked = _asked(ledger, reading)
    ledger.beside = _beside(ledger, reading, asked)
    for match in reading.matches:
        if match.kind == "trap" and not match.skipped:
            ledger.trap(match)
        elif match.kind == "point" and not match.skipped:
            ledger.point(match)
    _substance(ledger, reading, asked)
    return ledger, _agenda(ledger, asked)


def _late(ledger: Ledger, reply: Reply) -> None:
    form = ledger.form
    per_hour = form.scenario.mood.late_per_hour.get(
        form.channel, ledger.rules.late.get(form.channel, 0.0)
    )
    cost = round(per_hour * max(0.0, reply.waited_hours), 4)
    if cost:
        ledger.note("late", f"waited {reply.waited_hours:.1f} hours", cost)
    borne = ledger.rules.late_said_hours.get(form.channel, math.inf)
    too_long = reply.waited_hours >= borne * (0.5 + form.persona.patience)
    if too_long and not ledger.case.late_said:
        ledger.says_late = True
        ledger.case = replace(ledger.case, late_said=True)


def _manner(ledger: Ledger, reading: Reading) -> None:
    rules = ledger.rules
    kind = [match for match in reading.matches if match.kind == "empathy"]
    if kind and not ledger.case.empathy:
        ledger.note("empathy", "felt understood", rules.empathy, kind[0].sentence)
        ledger.case = replace(ledger.case, empathy=True)
    if harsh := [match for match in reading.matches if match.kind == "harsh"]:
        ledger.note("harsh", "felt talked down to", rules.harsh, harsh[0].sentence)
    if reading.words > rules.long_words:
        ledger.note("long", f"{reading.words} words to read", rules.long)
        ledger.case = replace(ledger.case, long_replies=ledger.case.long_replies + 1)
    if reading.copied >= rules.copied_share:
        ledger.note("copied", f"{reading.copied:.0%} stood in another reply", rules.copied)
        ledger.case = replace(ledger.case, copied_replies=ledger.case.copied_replies + 1)


def _asked(ledger: Ledger, reading: Reading) -> list[Match]:
    """Return the facts asked for; where a false alarm costs more, the sentence must ask.

    That is where a fact ends the ticket or was told before. A sentence that makes a point names
    the thing and asks for nothing, unless it ends in a question mark.
    """
    language = language_of(ledger.form.language)
    strict = {*ledger.case.told, *goal_now(ledger.form, ledger.case).facts}
    points = {match.place for match in reading.matches if match.kind == "point"}
    matches = [
        match
        for match in reading.matches
        if (match.id not in strict or _asks_surely(language, match))
        and (match.place not in points or match.sentence.rstrip().endswith("?"))
    ]
    return counted(matches, "fact")


def _asks_surely(language: Language, match: Match) -> bool:
    return match.by == "pattern" and is_request(language, match.sentence)


def _beside(ledger: Ledger, reading: Reading, asked: list[Match]) -> frozenset[str]:
    """Return the points that count half because the same reply asks two things or more.

    Somebody who still asks cannot know the answer; the lightest point may stand beside the
    questions. So a reply that lists every test and question earns little more than half.
    """
    fresh = [match for match in asked if match.id not in ledger.case.told]
    if len(fresh) < ledger.rules.questions_that_open:
        return frozenset()
    points = ledger.form.scenario.points
    ready = [
        match.id
        for match in counted(reading.matches, "point")
        if match.id not in ledger.case.points and not ledger.missing(match.id)
    ]
    return frozenset(sorted(ready, key=lambda name: points[name].weight)[1:])


def _substance(ledger: Ledger, reading: Reading, asked: list[Match]) -> None:
    """Charge a reply that brings nothing, or asks on when the answer could be given."""
    if asked or ledger.said_anything:
        return
    if not reading.questions:
        ledger.note("empty", "neither a question nor a step forward", ledger.rules.empty)
    elif _is_answer_due(ledger):
        ledger.note("unanswered", "asked on although all was known", ledger.rules.unanswered)


def _is_answer_due(ledger: Ledger) -> bool:
    known = ledger.known()
    points = ledger.form.scenario.points
    return any(
        ledger.case.points.get(name) is not Credit.WHOLE
        and points[name].after
        and set(points[name].after) <= known
        for name in goal_now(ledger.form, ledger.case).points
    )


def _agenda(ledger: Ledger, asked: list[Match]) -> Agenda:
    told = [match for match in asked if match.id in ledger.case.told]
    for place, match in enumerate(told):
        cost = ledger.rules.repeated if place < _REPEATS_FELT else 0.0
        name = match.id.replace("_", " ")
        ledger.note("repeated", f"asked again: {name}", cost, match.sentence)
    fresh = [match for match in asked if match.id not in (*ledger.case.told, *ledger.case.coming)]
    limit = ledger.rules.asks_per_chat_turn if ledger.form.channel in _LIVE else len(fresh)
    answered = [_answered(ledger, match) for match in fresh[:limit]]
    if len(fresh) > limit:
        ledger.note("too_much", f"{len(fresh)} questions at once")
    return Agenda(
        informs=tuple(name for name, is_vague in answered if not is_vague),
        repeats=tuple(match.id for match in told),
        vague=tuple(name for name, is_vague in answered if is_vague),
        is_too_much=len(fresh) > limit,
    )


def _answered(ledger: Ledger, match: Match) -> tuple[str, bool]:
    case = ledger.case
    needed = ledger.form.scenario.facts[match.id].needs_trust
    is_vague = needed is not None and case.mood < needed and match.id not in case.vague
    name = match.id.replace("_", " ")
    asked = with_count(case.asked, match.id)
    if is_vague:
        ledger.case = replace(case, asked=asked, vague=(*case.vague, match.id))
        ledger.note("vague", f"too annoyed to tell {name} properly", 0.0, match.sentence)
    else:
        ledger.case = replace(case, asked=asked, coming=(*case.coming, match.id))
        ledger.note("asked", f"asked for {name}", 0.0, match.sentence)
    return match.id, is_vague
