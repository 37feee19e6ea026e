"""Everybody's own words: what one person calls a site another calls a website.

A line of a scenario comes from many mouths. Each person has their own choice among words that
mean the same, contracts or does not, and drops a filler here and there; so that two who say the
same thing seldom say it alike. In openings the turns of phrase are dealt instead (`widened`), so
that a line met twice in a cohort never says them alike. Only English has words here; other texts
stay as they are.
"""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trialsim.kit.streams import Name, pick, unit
from trialsim.simulation.voice import guarded, is_free

_OWN_WORD = 0.75  # share of the words below that a person has another one for
_CONTRACTS = 0.55  # share of people who contract
_FILLS = 0.25
_LINKS = 0.35
# Words and what others say for them. What stands before and after must fit each.
# Things: one person has one word for each.
_THINGS: Mapping[str, str] = {
    "site": "website",
    "sites": "websites",
    "shop": "store|webshop",
    "shop window": "display window|shop front",
    "people": "folks",
    "telephone": "phone",
    "computer": "laptop|PC|machine",
    "pictures": "photos|images|photographs",
    "picture": "photo|photograph",
    "customers": "clients|buyers",
}
# Turns of phrase.
_PHRASES: Mapping[str, str] = {
    "somebody": "someone",
    "nobody": "no one|not a soul",
    "everybody": "everyone",
    "anybody": "anyone",
    "a mail": "a message|a note",
    "mails": "emails|e-mails|messages",
    "could you": "can you|would you",
    "can you": "could you|are you able to",
    "would you": "could you|can you",
    "how do i": "how can I|how should I|how would I",
    "how does one": "how do people|how can one|how do you",
    "what do i": "what should I|what can I|what must I",
    "must i": "do I have to|do I need to|am I supposed to",
    "may i": "can I|could I|am I allowed to",
    "should i": "am I supposed to|do I have to|ought I to",
    "tell me": "let me know",
    "tell me the truth": "be honest with me|be frank with me",
    "thanks a lot": "many thanks|thanks very much",
    "a whole": "an entire|a complete",
    "not until": "not before",
    "what do i have to": "what must I|what am I supposed to|what do I need to",
    "what would you do": "what would you yourself do",
    "i would like": "I'd like|I want|I should like",
    "i wish to": "I want to|I'd like to|I would like to",
    "i want to": "I would like to|I'd like to|I wish to",
    "at once": "right away|straight away|immediately",
    "until now": "up to now|so far",
    "twice": "two times",
    "each time": "every time|every single time",
    "every time": "each time|every single time",
    "every day": "each day|every single day",
    "a lot": "a great deal|quite a lot",
    "because of": "on account of|due to",
    "a friend": "a good friend|a mate|a dear friend|an old friend",
    "i think": "I believe|I suppose|I guess|I would say",
    "i believe": "I think|I suppose|I guess",
    "maybe": "perhaps|possibly",
    "perhaps": "maybe|possibly",
    "of course": "naturally|obviously|needless to say",
    "right now": "at the moment|just now|at present|as I write",
    "is gone": "has gone|is missing|has vanished|has disappeared|is no longer there",
    "are gone": "have gone|are missing|have vanished|have disappeared|are no longer there",
    "shows a": "displays a|has a|gives me a",
    "tried to": "attempted to",
    "wanted to": "meant to|intended to",
    "i need": "I really need|I badly need",
    "to buy": "to purchase|to get|to order",
    "bought": "purchased|ordered",
    "a few": "some|several|a couple of",
    "last night": "yesterday evening|late yesterday",
    "this morning": "earlier today|early today",
    "for years": "for ages|for a long time|for many years",
    "a while": "some time|quite some time",
    "all day": "the whole day|all day long",
    "i have no idea": "I have no clue|I do not know|I couldn't say|I've no notion",
    "suddenly": "all of a sudden|out of the blue",
    "normally": "usually",
    "usually": "normally|mostly",
    "exactly": "precisely",
    "a small": "a little|a tiny|a modest",
    "a big": "a large|a huge",
    "look at": "have a look at|take a look at",
    "as before": "as it was|like before|as ever",
    "does not work": "is not working|won't work|fails",
    "thank you": "thanks|many thanks|thank you very much",
    "about it": "about that|about this",
    "says that": "claims that|tells me that",
    "by myself": "on my own|alone|without help",
    "until": "till",
    "whole": "entire|complete",
}
_WORDS = {**_THINGS, **_PHRASES}
# Long and short: those who contract say the second.
_SHORT: Mapping[str, str] = {
    "i am": "I'm",
    "do not": "don't",
    "does not": "doesn't",
    "did not": "didn't",
    "is not": "isn't",
    "are not": "aren't",
    "was not": "wasn't",
    "were not": "weren't",
    "have not": "haven't",
    "has not": "hasn't",
    "had not": "hadn't",
    "cannot": "can't",
    "could not": "couldn't",
    "would not": "wouldn't",
    "should not": "shouldn't",
    "will not": "won't",
    "i would": "I'd",
    "i will": "I'll",
    "it is a": "it's a",
    "it is the": "it's the",
    "it is not": "it's not",
    "there is a": "there's a",
    "that is a": "that's a",
    "that is the": "that's the",
    "what is the": "what's the",
    "we are": "we're",
    "they are": "they're",
}
# Of these the end is spoken in full where nothing follows: "as they are."
_WEAK = frozenset(("i am", "we are", "they are", "i would", "i will"))
_FILLERS = ("just", "really", "simply", "honestly", "actually", "truly", "myself", "personally")
_FILLED = (
    r"\bI (?=(?:can|could|cannot|can't|need|want|wanted|tried|look|looked|see|keep|know|think|"
    r"found|changed|opened|pressed|ask|asked|wish|would|do not|don't|did not|didn't)\b)"
)
_SET = re.compile(r"\{\w+\}|\[[^\[\]]*\]")
_LINKING = ("And", "Also,", "Well,", "Honestly,", "Besides,")
_POINTING_BACK = tuple(link for link in _LINKING if link != "Also,")
_LINKED = r"(?<=[a-z]\. )(?:I|My|The|It|There|We|They|This|That|Nobody|Everything|Nothing)\b"


def in_own_words(
    text: str,
    language: str,
    *names: Name,
    seed: Name,
    keep: tuple[str, ...] = (),
    dealt: bool = False,
) -> str:
    """Return a text as one person puts it; what is in `keep` and what is quoted stays whole.

    The seed and names stand for the person: the same ones choose the same words. In a text whose
    turns of phrase were `dealt` they stay as they are.
    """
    if language != "en" or not text:
        return text
    mouth = _Mouth(seed, names, guarded(text, keep))
    return _sought(dealt).sub(mouth.other, text)


@functools.lru_cache(maxsize=8192)
def widened(line: str, language: str) -> str:
    """Return a line with `[a|b]` for each turn of phrase that others put in another way.

    Slots, quoted messages, addresses and alternatives of the line's own stay as they are.
    """
    if language != "en":
        return line
    spans = [*guarded(line, ()), *(found.span() for found in _SET.finditer(line))]

    def offered(found: re.Match[str]) -> str:
        said = found[0]
        if not is_free(*found.span(), spans):
            return said
        others = _PHRASES[said.lower()].split("|")
        return f"[{'|'.join((said, *(_like(said, other) for other in others)))}]"

    return _phrase().sub(offered, line)


@functools.lru_cache(maxsize=2)
def _sought(
    dealt: bool,  # noqa: FBT001 (the cache takes positions)
) -> re.Pattern[str]:
    """Return a pattern for what one person puts in their own way, and for what is put between."""
    words = _any_of((*(_THINGS if dealt else _WORDS), *_SHORT))
    return re.compile(
        rf"{words}|(?-i:(?P<fill>{_FILLED})|(?P<link>{_LINKED}))",
        re.IGNORECASE,
    )


@functools.lru_cache(maxsize=1)
def _phrase() -> re.Pattern[str]:
    return re.compile(_any_of(_PHRASES), re.IGNORECASE)


def _any_of(known: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    words = sorted(known, key=lambda one: (-len(one), one))
    return rf"(?<![\w'-])(?:{'|'.join(map(re.escape, words))})(?![\w'-])"


@dataclass(frozen=True, slots=True)
class _Mouth:
    """One person, and the spans of the text that are not theirs to change."""

    seed: Name
    names: tuple[Name, ...]
    spans: list[tuple[int, int]]

    def other(self, found: re.Match[str]) -> str:
        """Return what this person says for what was found."""
        said = found[0]
        if not is_free(*found.span(), self.spans):
            return said
        match found.lastgroup:
            case "fill" if self._happens(_FILLS, "fills", found.start()):
                return f"{said}{self._one_of(_FILLERS, 'filler', found.start())} "
            case "link" if self._happens(_LINKS, "links", found.start()):
                rest = said if said == "I" else said.lower()
                linking = _POINTING_BACK if said in ("This", "That") else _LINKING
                return f"{self._one_of(linking, 'link', found.start())} {rest}"
            case None:
                ends = not found.string.startswith(" ", found.end())
                return said if ends and said.lower() in _WEAK else self._word(said)
        return said

    def _word(self, said: str) -> str:
        key = said.lower()
        if key in _SHORT:
            return _like(said, _SHORT[key]) if self._happens(_CONTRACTS, "contracts") else said
        if not self._happens(_OWN_WORD, "own word", key):
            return said
        return _like(said, self._one_of(_WORDS[key].split("|"), "which", key))

    def _happens(self, chance: float, *purpose: Name) -> bool:
        return unit(self.seed, *self.names, *purpose) < chance

    def _one_of(self, words: Sequence[str], *purpose: Name) -> str:
        return pick(words, self.seed, *self.names, *purpose)


def _like(said: str, other: str) -> str:
    """Return the other word with a capital where the first has one, and a small letter else."""
    if said[0].isupper():
        return other[0].upper() + other[1:]
    is_always_large = other.startswith(("I ", "I'")) or other == "PC"
    return other if is_always_large else other[0].lower() + other[1:]
