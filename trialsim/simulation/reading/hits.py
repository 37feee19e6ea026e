"""Which acts the sentences of a reply hit, how surely, and what keeps a hit from counting."""

from collections.abc import Sequence
from dataclasses import dataclass

from trialsim.simulation.reading.language import Language, is_negated, is_request, respelled
from trialsim.simulation.reading.matcher import OTHER, Act, Matcher
from trialsim.simulation.reading.nearness import Likeness, by_act
from trialsim.simulation.reading.readers import Reader
from trialsim.simulation.reading.sentences import Sentence
from trialsim.simulation.types import MANNERS, Match, Rules

# A pattern that hits again and again in one sentence is looked at so often.
_PLACES = 8
# "Start time", "your full name": so few words in a reply ask for what they name.
_BARE = 3


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where a pattern found its act: in a text as typed or written out, from `start` to `end`."""

    text: str
    start: int
    end: int


def matches_in(
    matcher: Matcher, sentences: Sequence[Sentence], reader: Reader, rules: Rules
) -> tuple[Match, ...]:
    """Return what sentences do. Past the length a customer reads, only traps still count."""
    hits = [_hits(matcher, sentence) for sentence in sentences]
    liked = _liked(matcher, sentences, hits, reader, rules)
    matches: list[Match] = []
    words = 0
    for place, sentence in enumerate(sentences):
        unread = words >= rules.long_words
        words += len(sentence.text.split())
        for act in matcher.acts:
            hit, likeness = hits[place].get(act.name), liked[place].get(act.name)
            if hit is None and likeness is None:
                continue
            skipped = _skipped(matcher, act, sentence, hit, likeness)
            if unread and act.kind != "trap":
                skipped = "past the length a customer reads"
            by = "pattern" if hit else "phrase"
            score = 1.0 if likeness is None else round(likeness.score, 3)
            matches.append(Match(act.kind, act.id, sentence.text, place, by, score, skipped))
        matches += [
            Match(manner, manner, sentence.text, place, "pattern", 1.0)
            for manner in MANNERS
            if getattr(matcher.language, manner).search(sentence.text)
        ]
    return tuple(matches)


def _hits(matcher: Matcher, sentence: Sentence) -> dict[str, _Hit]:
    """Return where patterns hit, by act: in the sentence written out, else as it was typed."""
    lead, text = (respelled(matcher.language, part) for part in (sentence.lead, sentence.text))
    ways = list(dict.fromkeys((Sentence(text, lead), sentence)))
    found: dict[str, _Hit] = {}
    for act in matcher.acts:
        hits = (_hit(matcher, act, way.whole, way.begins) for way in ways)
        hit = next((hit for hit in hits if hit), None)
        if hit:
            found[act.name] = hit
    return found


def _hit(matcher: Matcher, act: Act, whole: str, begins: int) -> _Hit | None:
    """Return where a pattern hits; rather where it is not advised against.

    "Never send the password, send the code" says two things of which the second may count.
    """
    first: _Hit | None = None
    start = begins
    for _ in range(_PLACES):
        found = act.pattern.search(whole[begins:], start - begins)
        if found is None:
            break
        hit = _Hit(whole, begins + found.start(), begins + found.end())
        if not _is_denied(matcher, act, hit):
            return hit
        first = first or hit
        start = hit.start + 1
    return first


def _is_denied(matcher: Matcher, act: Act, hit: _Hit) -> bool:
    """Return whether a hit is advised against; one that is negative itself may hold its "not"."""
    if act.kind == "fact":
        return False
    return is_negated(
        matcher.language,
        hit.text,
        hit.start,
        hit.end,
        as_trap=act.kind == "trap",
        inside=not act.negative,
    )


def _liked(
    matcher: Matcher,
    sentences: Sequence[Sentence],
    hits: Sequence[dict[str, _Hit]],
    reader: Reader,
    rules: Rules,
) -> list[dict[str, Likeness]]:
    """Return for each sentence the one act it is like enough to, by name; empty without one.

    Where a pattern knows the sentence, likeness has nothing to add.
    """
    spelled = [respelled(matcher.language, sentence.text) for sentence in sentences]
    plain = [matcher.unslotted(text) for text in spelled]
    unknown = [place for place, found in enumerate(hits) if not found]
    scores = reader.scores(matcher.lines, [plain[place][0] for place in unknown])
    liked: list[dict[str, Likeness]] = [{} for _ in sentences]
    for place, row in zip(unknown, scores, strict=True):
        fitting = {
            act: likeness
            for act, likeness in by_act(matcher.lines, row).items()
            if matcher.is_open(act, plain[place][1])
        }
        liked[place] = _best(matcher.language, sentences[place].whole, fitting, rules)
    return liked


def _best(
    language: Language, sentence: str, acts: dict[str, Likeness], rules: Rules
) -> dict[str, Likeness]:
    """Return the nearest act if it is so by a margin, to its siblings and to small talk.

    A statement is like a question without asking it, and a question like a statement: facts need
    a request, points no question mark.
    """
    ranked = sorted(acts, key=lambda act: (-acts[act].score, act))
    if not ranked or ranked[0] == OTHER:
        return {}
    name = ranked[0]
    floor = acts[ranked[1]].score + rules.phrase_margin if len(ranked) > 1 else 0.0
    if name.startswith("fact:") and not _asks(language, sentence):
        return {}
    if name.startswith("point:") and sentence.rstrip().endswith("?"):
        return {}
    wanted = rules.trap_threshold if name.startswith("trap:") else rules.phrase_threshold
    return {name: acts[name]} if acts[name].score >= max(wanted, floor) else {}


def _asks(language: Language, sentence: str) -> bool:
    """Return whether a sentence asks: by its form, or as a bare name of what is wanted."""
    return is_request(language, sentence) or len(sentence.split()) <= _BARE


def _skipped(
    matcher: Matcher, act: Act, sentence: Sentence, hit: _Hit | None, likeness: Likeness | None
) -> str:
    if act.kind == "fact":
        return ""
    if act.unless is not None and act.unless.search(sentence.text):
        return "the sentence rules it out"
    if hit is not None:
        return "advised against" if _is_denied(matcher, act, hit) else ""
    if likeness is not None and likeness.denies:
        return ""
    whole = sentence.whole
    denied = is_negated(matcher.language, whole, 0, len(whole), as_trap=act.kind == "trap")
    return "advised against" if denied else ""
