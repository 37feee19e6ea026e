"""What somebody who neither asked nor looked would write in a slot."""

from collections.abc import Mapping

from trialsim.kit import streams
from trialsim.simulation.figures.stages import Stage
from trialsim.simulation.voice import slot_words

# What one writes who has no name, sum or day at hand, by kind of slot.
_GENERIC: Mapping[str, Mapping[str, str]] = {
    "en": {"money": "the amount", "days_ago": "that day", "number": "some", "domain": "your site"},
    "it": {
        "money": "l'importo",
        "days_ago": "quel giorno",
        "number": "alcuni",
        "domain": "il sito",
    },
    "ko": {"money": "그 금액", "days_ago": "그날", "number": "몇 개", "domain": "그 사이트"},
}
_ANY = {"en": "it", "it": "quello", "ko": "그것"}


def guessed_words(stage: Stage, seed: streams.Name) -> dict[str, str]:
    """Return a word for each slot: the right one where the first message holds it.

    Else another word of the scenario's list, or a word that fits any.
    """
    form = stage.form
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    seen = f"{stage.draft.subject}\n{stage.draft.body}".lower()
    lists = form.scenario.text(form.language).words
    return {
        name: word
        if word.lower() in seen
        else _guess(stage, seed, name, lists.get(name) or form.scenario.slots[name].words)
        for name, word in words.items()
    }


def _guess(stage: Stage, seed: streams.Name, name: str, words: tuple[str, ...]) -> str:
    form = stage.form
    others = [word for word in words if word != str(form.slots[name])]
    if others:
        return streams.pick(others, seed, form.scenario.id, form.key, form.seed, "guess", name)
    kind = form.scenario.slots[name].kind
    return _GENERIC.get(form.language, {}).get(kind, _ANY.get(form.language, "it"))
