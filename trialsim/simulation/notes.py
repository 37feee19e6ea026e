"""Whether a note for colleagues holds what it must: the facts an escalation asks for."""

from trialsim.simulation.reading.likeness import Index
from trialsim.simulation.reading.matcher import matcher_of
from trialsim.simulation.reading.sentences import sentences_of
from trialsim.simulation.types import Form
from trialsim.simulation.voice import filled, slot_words

_LIKE = 0.22


def holds_fact(form: Form, fact: str, note: str) -> bool:
    """Return whether a note tells a fact.

    It does when it names a drawn word (culprit, amount, domain) that every answer of the fact
    holds, when a sentence matches the fact's pattern, or when one is like one of its answers.
    """
    phrasing = form.scenario.text(form.language).facts[fact]
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    matcher = matcher_of(form)
    named = {
        name for name in words if all("{" + name + "}" in answer for answer in phrasing.answers)
    }
    if any(name in named and pattern.search(note) for pattern, name in matcher.words):
        return True
    sentences = [sentence.text for sentence in sentences_of(note, matcher.language)]
    act = next(act for act in matcher.acts if act.kind == "fact" and act.id == fact)
    if any(act.pattern.search(sentence) for sentence in sentences):
        return True
    index = Index([("answer", filled(answer, words)) for answer in phrasing.answers])
    return any(index.nearest(sentence).get("answer", 0.0) >= _LIKE for sentence in sentences)
