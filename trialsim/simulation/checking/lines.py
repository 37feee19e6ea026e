"""Rules on the texts of a scenario: enough lines, patterns that hit their own and no sibling's."""

import re
from collections.abc import Callable, Iterator, Mapping

from trialsim.simulation.checking.forms import lines_of, sample_form
from trialsim.simulation.checking.patterns import SLOWEST_SECONDS, faults_of, slowest
from trialsim.simulation.checking.wordings import check_wordings
from trialsim.simulation.reading.matcher import Act, matcher_of
from trialsim.simulation.types import Fault, Form, Pack, Phrasing, Scenario, Texts, Use

Clock = Callable[[], float]

_LINES, _ANSWERS, _SYMPTOMS = 4, 3, 6
_OWN_SHARE = 0.8
_SLOT = re.compile(r"\{([a-z_]\w*)\}")


def check_texts(pack: Pack, scenario: Scenario, clock: Clock | None) -> Iterator[Fault]:
    """Yield what is wrong with the texts of every language."""
    for language, texts in scenario.texts.items():
        base = language == scenario.languages[0]
        file = f"scenarios/{scenario.id}{'' if base else f'.{language}'}.toml"
        yield from _counts(file, texts)
        if scenario.use is not Use.PRACTICE:
            yield from check_wordings(file, language, texts)
        broken = list(_patterns(file, texts, clock))
        yield from broken
        yield from _slots(file, texts, scenario)
        if not broken:
            yield from _hits(file, sample_form(pack, scenario, language))
            yield from _gives_away(file, pack, scenario, texts)


def _phrasings(texts: Texts) -> Iterator[tuple[str, str, Phrasing]]:
    for kind, part in (("facts", texts.facts), ("points", texts.points), ("traps", texts.traps)):
        for name, phrasing in part.items():
            yield kind, name, phrasing


def _counts(file: str, texts: Texts) -> Iterator[Fault]:
    if len(texts.opening.symptom) < _SYMPTOMS:
        yield Fault(file, "opening.symptom", f"write at least {_SYMPTOMS} symptoms")
    if not texts.subject:
        yield Fault(file, "subject", "write at least one subject")
    for kind, name, phrasing in _phrasings(texts):
        key = "asks" if kind == "facts" else "says"
        if len(phrasing.lines) < _LINES:
            message = f"write at least {_LINES} lines, each another way to put it"
            yield Fault(file, f"{kind}.{name}.{key}", message)
        if kind == "facts" and len(phrasing.answers) < _ANSWERS:
            yield Fault(file, f"{kind}.{name}.answers", f"write at least {_ANSWERS} answers")


def _patterns(file: str, texts: Texts, clock: Clock | None) -> Iterator[Fault]:
    for kind, name, phrasing in _phrasings(texts):
        for key, pattern in (("pattern", phrasing.pattern), ("unless", phrasing.unless or "x")):
            where = f"{kind}.{name}.{key}"
            faults = [Fault(file, where, message) for message in faults_of(pattern)]
            yield from faults
            if clock is not None and not faults and slowest(pattern, clock) > SLOWEST_SECONDS:
                yield Fault(file, where, "takes over 100 ms on a hostile text: use fewer .*")


def _slots(file: str, texts: Texts, scenario: Scenario) -> Iterator[Fault]:
    """Yield the slots named in a text that nobody draws."""
    opening = texts.opening
    named: list[tuple[str, tuple[str, ...]]] = [
        ("subject", texts.subject),
        ("opening", (*opening.symptom, *opening.context, *opening.impact, *opening.ask)),
        ("change.says", texts.change_says),
        ("reference.replies", texts.replies),
        ("reference.harmful", tuple(texts.harmful.values())),
    ]
    for kind, name, phrasing in _phrasings(texts):
        every = (*phrasing.lines, *phrasing.answers, phrasing.pattern)
        named.append((f"{kind}.{name}", every))
    for where, lines in named:
        for slot in sorted({slot for line in lines for slot in _SLOT.findall(line)}):
            if slot not in scenario.slots:
                yield Fault(file, where, f"{{{slot}}} is no slot: add it to [slots]")


def _hits(file: str, form: Form) -> Iterator[Fault]:
    texts = form.scenario.text(form.language)
    acts: Mapping[tuple[str, str], Act] = {
        (f"{act.kind}s", act.id): act for act in matcher_of(form).acts
    }
    for kind, name, phrasing in _phrasings(texts):
        pattern = acts[kind, name].pattern
        own = [bool(pattern.search(line)) for line in lines_of(form, phrasing.lines)]
        if own and sum(own) / len(own) < _OWN_SHARE:
            message = f"hits {sum(own)} of its own {len(own)} lines: widen it to hit 4 of 5"
            yield Fault(file, f"{kind}.{name}.pattern", message)
        for other_kind, other, others in _phrasings(texts):
            if other_kind == kind and other != name:
                yield from _strays(file, f"{kind}.{name}.pattern", other, pattern, form, others)


def _strays(
    file: str, where: str, other: str, pattern: re.Pattern[str], form: Form, others: Phrasing
) -> Iterator[Fault]:
    for line in lines_of(form, others.lines):
        if pattern.search(line):
            yield Fault(file, where, f"hits a line of {other} as well: {line!r}")


def _gives_away(file: str, pack: Pack, scenario: Scenario, texts: Texts) -> Iterator[Fault]:
    """Yield a slot of an answer that stands in the opening or in a field shown from the start.

    What a fact tells in every answer is what the candidate has to find out.
    """
    causes = cause_slots(scenario, texts)
    opening = texts.opening
    parts = (*texts.subject, *opening.symptom, *opening.context, *opening.impact, *opening.ask)
    for slot in sorted(causes & {slot for line in parts for slot in _SLOT.findall(line)}):
        yield Fault(file, "opening", f"gives {{{slot}}} away: only an answer may tell it")
    for name, record in scenario.world.items():
        fields = pack.kinds[record.kind].fields
        for field, value in record.fields.items():
            told = set(_SLOT.findall(" ".join(value) if isinstance(value, tuple) else str(value)))
            for slot in sorted(causes & told):
                if fields[field].shown is True:
                    message = f"shows {{{slot}}} from the start: use a field with `shown`"
                    yield Fault(file, f"world.{name}.{field}", message)


def cause_slots(scenario: Scenario, texts: Texts) -> set[str]:
    """Return the slots that carry the cause: word lists, not the amounts and names of a record.

    They are in every answer of a fact that a point of the goal waits for.
    """
    needed = {fact for point in scenario.goal.points for fact in scenario.points[point].after}
    found: set[str] = set()
    for name in sorted(needed & set(texts.facts)):
        answers = [set(_SLOT.findall(answer)) for answer in texts.facts[name].answers]
        if answers:
            found |= set.intersection(*answers)
    return {name for name in found if name in texts.words}
