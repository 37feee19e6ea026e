"""What a candidate promises a customer by a day, and whether anything came by then.

Only a plain promise with a day counts: somebody of the team will do or tell something. With a
condition ("if it is still there, I will …") it is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from trialsim.kit.text import excerpt
from trialsim.simulation.reading.language import language_of
from trialsim.simulation.reading.sentences import own_lines
from trialsim.simulation.types import CaseState, Promise

_LONGEST = 120
_WEEK = 7
_FRIDAY = 4
_WORKING = re.compile(r"\b(?:working|business|lavorativ\w+)\b|영업", re.IGNORECASE)
_SATURDAY = 5
_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's words: who promises, on which condition it is none, and days."""

    promise: str
    condition: str
    days: tuple[tuple[str, int], ...]
    weekdays: tuple[str, ...]
    span: str
    hours: str
    weeks: str
    numbers: tuple[tuple[str, int], ...]
    week_end: str
    next_week: str


_WORDS = {
    "en": _Words(
        promise=r"\b(?:i|we)(?:'ll| will| shall|(?:'m|'re| am| are) going to)\b(?! not)"
        r"|\byou(?:'ll| will| can expect to)? hear (?:back )?from (?:me|us)\b"
        r"|\b(?:i|we) promise\b|\b(?:expect|have) (?:an|my|our) (?:answer|reply|update)\b",
        condition=r"\b(?:if|unless|in case|should you|until)\b",
        days=((r"\b(?:today|tonight|this (?:morning|afternoon|evening)|end of (?:the )?day)\b", 0),
              (r"\bday after tomorrow\b", 2), (r"\btomorrow\b", 1)),
        weekdays=(r"\bmonday\b", r"\btuesday\b", r"\bwednesday\b", r"\bthursday\b", r"\bfriday\b",
                  r"\bsaturday\b", r"\bsunday\b"),
        span=r"\b(?:within|in)(?: the next)? (an?|one|two|three|four|five|\d{1,2})"
        r" (?:working |business )?(hour|day|week)s?\b",
        hours="hour",
        weeks="week",
        numbers=(("a", 1), ("an", 1), ("one", 1), ("two", 2), ("three", 3), ("four", 4),
                 ("five", 5)),
        week_end=r"\b(?:end of (?:the|this) week|this week)\b",
        next_week=r"\bnext week\b",
    ),
    "it": _Words(
        promise=r"\b\w{2,}(?:rò|remo)\b|\b(?:le|ti|vi) (?:scrivo|scriviamo|faccio sapere|"
        r"facciamo sapere|aggiorno|aggiorniamo|rispondo|rispondiamo|mando|mandiamo)\b",
        condition=r"\b(?:se|qualora|a meno che|finché|fino a)\b",
        days=((r"\b(?:oggi|stasera|in giornata)\b", 0), (r"\bdopodomani\b", 2),
              (r"\bdomani\b", 1)),
        weekdays=(r"\bluned[iì]\b", r"\bmarted[iì]\b", r"\bmercoled[iì]\b", r"\bgioved[iì]\b",
                  r"\bvenerd[iì]\b", r"\bsabato\b", r"\bdomenica\b"),
        span=r"\b(?:entro|tra|fra|in) (un'?|una|due|tre|quattro|cinque|\d{1,2})\s?"
        r"(or|giorn|settiman)\w+",
        hours="or",
        weeks="settiman",
        numbers=(("un", 1), ("un'", 1), ("una", 1), ("due", 2), ("tre", 3), ("quattro", 4),
                 ("cinque", 5)),
        week_end=r"\b(?:entro|in|questa) (?:la |fine )?settimana\b",
        next_week=r"\b(?:prossima settimana|settimana prossima)\b",
    ),
    "ko": _Words(
        promise=r"겠습니다|(?:할|드릴|볼|줄|갈)게요|(?:할|드릴|볼) 예정",
        condition=r"(?:하|되|으|시|다|라)면(?:[ ,]|$)|경우",
        days=((r"오늘", 0), (r"모레", 2), (r"내일", 1)),
        weekdays=(r"월요일", r"화요일", r"수요일", r"목요일", r"금요일", r"토요일", r"일요일"),
        span=r"(하루|이틀|사흘|\d{1,2}) ?(시간|일|주)?(?: ?(?:안에|이내|내에|뒤에|후에))",
        hours="시간",
        weeks="주",
        numbers=(("하루", 1), ("이틀", 2), ("사흘", 3)),
        week_end=r"이번 ?주",
        next_week=r"다음 ?주",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """The same as patterns."""

    words: _Words
    promise: re.Pattern[str]
    condition: re.Pattern[str]
    span: re.Pattern[str]


@cache
def _known(code: str) -> _Known:
    words = _WORDS.get(code, _WORDS["en"])
    return _Known(
        words,
        re.compile(words.promise, re.IGNORECASE),
        re.compile(words.condition, re.IGNORECASE),
        re.compile(words.span, re.IGNORECASE),
    )


def promises_in(text: str, code: str, on: str) -> tuple[Promise, ...]:
    """Return what a reply of an ISO day promises by a day, in the order of its sentences."""
    if not on:
        return ()
    known, today = _known(code), date.fromisoformat(on)
    return tuple(_found(known, text, code, today))


def _found(known: _Known, text: str, code: str, today: date) -> Iterator[Promise]:
    for line in own_lines(text, language_of(code)):
        for sentence in _END.split(line):
            if not known.promise.search(sentence) or known.condition.search(sentence):
                continue
            by = _day(known, sentence, today)
            if by is not None:
                words = excerpt(sentence.strip().rstrip(".!").replace('"', "'"), _LONGEST)
                yield Promise(words, by.isoformat())


def _day(known: _Known, sentence: str, today: date) -> date | None:
    """Return the last day a sentence names, counted from today; None when it names none."""
    words = known.words
    for pattern, days in words.days:
        if re.search(pattern, sentence, re.IGNORECASE):
            return today + timedelta(days=days)
    for weekday, pattern in enumerate(words.weekdays):
        if re.search(pattern, sentence, re.IGNORECASE):
            return today + timedelta(days=(weekday - today.weekday()) % _WEEK or _WEEK)
    if re.search(words.next_week, sentence, re.IGNORECASE):
        return today + timedelta(days=_WEEK + (_FRIDAY - today.weekday()))
    if re.search(words.week_end, sentence, re.IGNORECASE):
        return today + timedelta(days=(_FRIDAY - today.weekday()) % _WEEK)
    return _after_span(known, sentence, today)


def _after_span(known: _Known, sentence: str, today: date) -> date | None:
    found = known.span.search(sentence)
    if found is None:
        return None
    said, unit = found[1].lower(), (found[2] or "").lower()
    count = int(said) if said.isdigit() else dict(known.words.numbers).get(said, 1)
    if unit == known.words.hours:
        return today + timedelta(days=-(-count // 24))
    if _WORKING.search(sentence):
        return _working_days_after(today, count)
    return today + timedelta(days=count * (_WEEK if unit == known.words.weeks else 1))


def _working_days_after(today: date, count: int) -> date:
    for _ in range(count):
        today += timedelta(days=1)
        while today.weekday() >= _SATURDAY:
            today += timedelta(days=1)
    return today


def with_reply(case: CaseState, text: str, code: str, on: str) -> CaseState:
    """Return the case after a reply: it keeps what was promised before, and may promise anew.

    What is promised for the same day and was done at the desk already is kept.
    """
    is_done = any(one.at[:10] == on for one in case.actions)
    fresh = (replace(one, kept=is_done and one.by == on) for one in promises_in(text, code, on))
    return replace(case, promises=(*kept(case, on).promises, *fresh))


def kept(case: CaseState, on: str) -> CaseState:
    """Return the case once something came on an ISO day: what was due by then or later is kept."""
    if not on or not case.promises:
        return case
    return replace(
        case,
        promises=tuple(replace(one, kept=True) if one.by >= on else one for one in case.promises),
    )


def broken(case: CaseState, on: str) -> Promise | None:
    """Return the first promise whose day is over with nothing done or told; None when all held."""
    return next((one for one in case.promises if not one.kept and one.by < on), None)
